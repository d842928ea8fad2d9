import type { InputFile } from '../../../src/engine/api.ts';

/** A whole advocacy export of three cases, as CSV text by table: enough for every model to have a row. */
export const small: Readonly<Record<string, string>> = {
	patients: 'id,insurance_type,preferred_channel,state,risk_score,created_at\n1,commercial,phone,TX,0.4,2025-01-01T08:00:00\n2,medicare,email,OH,0.7,2025-01-02T08:00:00\n',
	advocates: 'id,name,specialty,team,capacity,hire_date\n1,Ada,claims,north,10,2024-01-01\n2,Bea,billing,south,5,2024-02-01\n',
	cases:
		'id,patient_id,advocate_id,case_type,urgency,status,created_at,assigned_at,first_response_at,resolved_at,escalation_flag,reopen_flag,metadata_json\n' +
		'1,1,1,claim_denial,high,resolved,2025-02-01T09:00:00,2025-02-01T10:00:00,2025-02-01T11:00:00,2025-02-04T09:00:00,0,0,"{""intake_source"": ""phone"", ""complexity"": ""low"", ""handoff_count"": 1, ""missing_docs"": false}"\n' +
		'2,2,2,billing_dispute,low,open,2025-02-02T09:00:00,2025-02-02T10:00:00,,,0,0,"{""intake_source"": ""web"", ""complexity"": ""high"", ""handoff_count"": 3, ""missing_docs"": true}"\n' +
		'3,1,,claim_denial,medium,open,2025-02-03T09:00:00,,,,0,0,\n',
	interactions:
		'id,case_id,type,created_at,duration_minutes,advocate_id\n1,1,call,2025-02-01T11:00:00,10,1\n2,1,email,2025-02-03T09:00:00,5,1\n3,2,call,2025-02-05T09:00:00,20.5,2\n',
	case_events:
		'id,case_id,event_type,occurred_at\n1,1,opened,2025-02-01T09:00:00\n2,1,assigned,2025-02-01T10:00:00\n3,1,first_response,2025-02-01T11:00:00\n4,1,resolved,2025-02-04T09:00:00\n5,2,opened,2025-02-02T09:00:00\n6,2,assigned,2025-02-02T10:00:00\n7,3,opened,2025-02-03T09:00:00\n',
	patient_feedback: 'id,case_id,csat_score,nps_bucket,feedback_text,submitted_at\n1,1,4,promoter,"Fast, kind",2025-02-06T09:00:00\n',
};

const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** The small export with some tables replaced (text or bytes) or left out (null). */
export function filesWith(changes: Readonly<Record<string, string | Uint8Array | null>> = {}): InputFile[] {
	return Object.entries({ ...small, ...changes }).flatMap(([table, content]) =>
		content === null ? [] : [{ name: `${table}.csv`, blob: new Blob([content as string | Uint8Array<ArrayBuffer>]) }],
	);
}

/** The small export's table with one piece of its text replaced. */
export function changed(table: string, from: string, to: string): Record<string, string> {
	const text = small[table] ?? '';
	if (!text.includes(from)) throw new Error(`${table} does not hold ${from}`);
	return { [table]: text.replace(from, () => to) };
}
