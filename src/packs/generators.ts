import type { Generated, GenerateRequest } from '../pack/types.ts';

export type Generate = (request: GenerateRequest) => Generated;

/** A pack's generator, loaded only where it runs. */
export const generators = import.meta.glob<{ generate: Generate }>('./*/generate.ts');

export async function generate(pack: string, request: GenerateRequest): Promise<Generated> {
	const load = generators[`./${pack}/generate.ts`];
	if (!load) throw new Error(`pack ${pack} has no generator`);
	return (await load()).generate(request);
}
