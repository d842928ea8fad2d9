import { existsSync, readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { settled } from './app.ts';
import { popover } from './screen.ts';

export interface Upload {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

export const tableNames = ['patients', 'advocates', 'cases', 'interactions', 'case_events', 'patient_feedback'] as const;

const texts: Record<string, string[]> = {
	patients: ['id,insurance_type,preferred_channel,state,risk_score,created_at', '1,medicare,phone,PA,0.5,2025-01-01T00:00:00', '2,medicaid,email,KY,0.1,2025-01-02T00:00:00'],
	advocates: ['id,name,specialty,team,capacity,hire_date', '1,Ada Stone,billing,intake,1,2024-01-01', '2,Ben Frost,claims,resolution,9,2024-01-01'],
	cases: [
		'id,patient_id,advocate_id,case_type,urgency,status,created_at,assigned_at,first_response_at,resolved_at,escalation_flag,reopen_flag,metadata_json',
		...[1, 2, 3, 4].map((id) => `${String(id)},1,1,claim_denial,high,in_progress,2025-03-0${String(id)}T08:00:00,2025-03-0${String(id)}T09:00:00,2025-03-0${String(id)}T10:00:00,,0,0,`),
		'5,2,2,billing_dispute,low,resolved,2025-03-01T08:00:00,2025-03-01T09:00:00,2025-03-01T10:00:00,2025-03-03T08:00:00,0,0,',
	],
	interactions: ['id,case_id,type,created_at,duration_minutes,advocate_id', '1,1,call,2025-03-01T10:00:00,12,1', '2,5,email,2025-03-02T10:00:00,5,2', '3,5,call,2025-03-02T12:00:00,6,1'],
	case_events: ['id,case_id,event_type,occurred_at', '1,1,opened,2025-03-01T08:00:00', '2,5,opened,2025-03-01T08:00:00', '3,5,resolved,2025-03-03T08:00:00'],
	patient_feedback: ['id,case_id,csat_score,nps_bucket,feedback_text,submitted_at', '1,5,4,passive,"fine, thanks",2025-03-10T12:00:00'],
};

export function upload(name: string, content: string | Uint8Array): Upload {
	return { name, mimeType: 'text/csv', buffer: Buffer.from(content) };
}

/** A good set of files of five cases, each table changed by `change` where it names it; null leaves the file out. */
export function smallFiles(change: Partial<Record<string, (lines: string[]) => string | Uint8Array | null>> = {}): Upload[] {
	return tableNames.flatMap((name) => {
		const lines = texts[name] ?? [];
		const content = change[name] ? change[name]([...lines]) : lines.join('\n');
		return content === null ? [] : [upload(`${name}.csv`, content)];
	});
}

const sharedFolder = new URL('../../../../shared/data/solace/', import.meta.url);

/** The real files beside a checkout, or null. */
export function realFiles(): Upload[] | null {
	const urls = tableNames.map((name) => new URL(`${name}.csv`, sharedFolder));
	return urls.every((url) => existsSync(url)) ? urls.map((url, i) => upload(`${tableNames[i] ?? ''}.csv`, readFileSync(url))) : null;
}

/** Through the file chooser of the data menu; resolves when the page has taken or refused them. */
export async function choose(page: Page, files: readonly Upload[]): Promise<void> {
	await page.locator('.alert button, [data-account] button').evaluateAll((all) => { for (const button of all as HTMLButtonElement[]) button.click(); });
	await popover(page, /demo data|your files/);
	await page.getByLabel('Choose files').setInputFiles([...files]);
	await expect(page.getByRole('alert').or(page.locator('[data-account]')).first()).toBeVisible();
	await settled(page);
}

/** Drops files on the page as a hand does: over it first, then let go. */
export async function drop(page: Page, files: readonly Upload[]): Promise<void> {
	const carried = await page.evaluateHandle((given) => {
		const transfer = new DataTransfer();
		for (const { name, text } of given) transfer.items.add(new File([text], name, { type: 'text/csv' }));
		return transfer;
	}, files.map(({ name, buffer }) => ({ name, text: buffer.toString('utf8') })));
	await page.dispatchEvent('main', 'dragover', { dataTransfer: carried });
	await expect(page.getByText('Drop files to open them here')).toBeVisible();
	await page.dispatchEvent('main', 'drop', { dataTransfer: carried });
	await expect(page.getByRole('alert').or(page.locator('[data-account]')).first()).toBeVisible();
	await settled(page);
}
