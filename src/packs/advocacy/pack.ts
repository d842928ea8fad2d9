import type { Pack } from '../../pack/types.ts';
import { dimensions, measures } from './metrics.ts';
import { marts, models, staging } from './models.ts';
import { raw } from './tables.ts';
import { vars } from './vars.ts';
import { views } from './views.ts';

export const pack: Pack = {
	id: 'advocacy',
	label: 'Advocacy cases',
	about: 'Cases that patient advocates take on: denied claims, authorisations, bills, care, providers.',
	entity: ['case', 'cases'],
	vars,
	raw,
	staging,
	models,
	marts,
	dimensions,
	measures,
	views,
	sizes: ['small', 'standard', 'large'],
	defaultSize: 'standard',
	scenarios: { planted: 'With effects planted on purpose', null: 'The same volumes with no effect at all' },
	main: { mart: 'fct_case_lifecycle', opened: 'created_at', key: 'case_id' },
};
