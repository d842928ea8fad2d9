/** A finite number without exponent: 1e21 → 1000000000000000000000. More than 30 zeros stay an exponent. */
export function plainNumber(text: string): string {
	const parts = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/.exec(text);
	if (!parts) return text === '-0' ? '0' : text;
	const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
	const exponent = Number(power);
	if (Math.abs(exponent) > 30) return text;
	const digits = whole + fraction;
	const point = whole.length + exponent;
	const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
	const at = Math.max(point, 1);
	const rest = padded.slice(at).replace(/0+$/, '');
	return `${sign}${padded.slice(0, at).replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`;
}

/** A whole number of the given decimal places: (110, 2) → 1.10. */
export function decimalText(unscaled: bigint, scale: number): string {
	if (scale <= 0) return (unscaled * 10n ** BigInt(-scale)).toString();
	const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
	return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const pad = (value: bigint | number | string, width = 2): string => String(value).padStart(width, '0');
const floorDivide = (a: bigint, b: bigint): bigint => (a >= 0n ? a / b : -((-a + b - 1n) / b));

/** Days since 1970-01-01 as YYYY-MM-DD; null beyond what a date can be. */
export function dayText(day: number): string | null {
	const date = new Date(day * 86_400_000);
	if (!Number.isFinite(date.getTime())) return null;
	const year = date.getUTCFullYear();
	const written = year >= 0 && year <= 9999 ? pad(year, 4) : `${year < 0 ? '-' : '+'}${pad(Math.abs(year), 6)}`;
	return `${written}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
}

/** A time of the day; `perSecond` units to the second. The fraction is written to the thousandths needed, or not at all. */
export function timeText(units: bigint, perSecond: bigint): string {
	const seconds = units / perSecond;
	const written = `${pad(seconds / 3600n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}`;
	const fraction = pad(units % perSecond, perSecond.toString().length - 1).replace(/(?:000)+$/, '');
	return fraction === '' ? written : `${written}.${fraction}`;
}

/** Units since 1970-01-01T00:00:00 as YYYY-MM-DDTHH:MM:SS with the fraction needed. */
export function instantText(units: bigint, perSecond: bigint): string | null {
	const perDay = perSecond * 86_400n;
	const day = floorDivide(units, perDay);
	const date = dayText(Number(day));
	return date === null ? null : `${date}T${timeText(units - day * perDay, perSecond)}`;
}

export const hexText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => pad(byte.toString(16))).join('');
