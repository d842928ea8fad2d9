import type { SchemaElement, SchemaTree } from 'hyparquet';
import { dayText, decimalText, hexText, instantText, plainNumber, timeText } from './plain-values.ts';

/** A value of a column as text; null: missing. `oddBytes` is called for bytes that are no text, which come as 0x…. */
export type ToText = (value: unknown) => string | null;

const perSecond: Readonly<Record<string, bigint>> = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n };
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const asBigInt = (value: unknown): bigint => (typeof value === 'bigint' ? value : BigInt(Number(value)));

function signed(bytes: Uint8Array): bigint {
	const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
	return BigInt.asIntN(bytes.length * 8, value);
}

/** The shortest digits that are the same 32-bit number. */
function singleText(value: number): string {
	for (let digits = 6; digits < 9; digits++) {
		const short = Number(value.toPrecision(digits));
		if (Math.fround(short) === value) return plainNumber(String(short));
	}
	return plainNumber(String(Number(value.toPrecision(9))));
}

function halfText(bytes: Uint8Array): string {
	const bits = ((bytes[1] ?? 0) << 8) | (bytes[0] ?? 0);
	const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
	const size = exponent === 31 ? (fraction ? NaN : Infinity) : exponent === 0 ? fraction * 2 ** -24 : 2 ** (exponent - 15) * (1 + fraction / 1024);
	return plainNumber(String(bits >> 15 ? -size : size));
}

/** ISO 8601: months, days and milliseconds. */
function durationText(bytes: Uint8Array): string {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const [months, days, ms] = [0, 4, 8].map((at) => view.getUint32(at, true));
	return `P${String(months)}M${String(days)}DT${plainNumber(String((ms ?? 0) / 1000))}S`;
}

export function leafText(element: SchemaElement, oddBytes: () => void): ToText {
	const { type, converted_type: converted, logical_type: logical, scale = 0 } = element;
	const isDecimal = converted === 'DECIMAL' || logical?.type === 'DECIMAL';
	const unit = logical?.type === 'TIME' || logical?.type === 'TIMESTAMP' ? logical.unit : /_(MILLIS|MICROS)$/.exec(converted ?? '')?.[1];
	const units = perSecond[unit ?? ''] ?? 1000n;
	const orNull = (text: ToText): ToText => (value) => (value === null || value === undefined ? null : text(value));
	if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') {
		return orNull((value) => {
			if (!(value instanceof Uint8Array)) return String(value);
			if (isDecimal) return decimalText(signed(value), scale);
			if (logical?.type === 'UUID' && value.length === 16) return hexText(value).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
			if (logical?.type === 'FLOAT16' && value.length === 2) return halfText(value);
			if (converted === 'INTERVAL' && value.length === 12) return durationText(value);
			try {
				return utf8.decode(value);
			} catch {
				oddBytes();
				return `0x${hexText(value)}`;
			}
		});
	}
	if (type === 'FLOAT') return orNull((value) => singleText(Number(value)));
	if (type === 'DOUBLE') return orNull((value) => plainNumber(String(value)));
	if (type === 'BOOLEAN' || type === 'INT96') return orNull(String);
	if (isDecimal) return orNull((value) => decimalText(asBigInt(value), scale));
	if (converted === 'DATE' || logical?.type === 'DATE') return orNull((value) => dayText(Number(value)) ?? String(value));
	if (converted?.startsWith('TIME_') || logical?.type === 'TIME') return orNull((value) => timeText(asBigInt(value), units));
	if (converted?.startsWith('TIMESTAMP_') || logical?.type === 'TIMESTAMP') {
		const zone = logical?.type === 'TIMESTAMP' && !logical.isAdjustedToUTC ? '' : 'Z';
		return orNull((value) => {
			const text = instantText(asBigInt(value), units);
			return text === null ? String(value) : text + zone;
		});
	}
	const unsigned = converted?.startsWith('UINT_') || (logical?.type === 'INTEGER' && !logical.isSigned);
	return orNull((value) => (unsigned ? BigInt.asUintN(type === 'INT64' ? 64 : 32, asBigInt(value)).toString() : String(value)));
}

const isNumber = ({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean =>
	type === 'BOOLEAN' || type === 'FLOAT' || type === 'DOUBLE' || converted === 'DECIMAL' || logical?.type === 'DECIMAL' || (type !== 'INT96' && /^INT/.test(type ?? '') && !/^(DATE|TIME)/.test(converted ?? logical?.type ?? ''));

const isList = ({ element, children }: SchemaTree): boolean => element.converted_type === 'LIST' && children.length === 1;
const isMap = ({ element }: SchemaTree): boolean => element.converted_type === 'MAP';

/** A value that holds others as JSON text; numbers with all their digits. */
export function nestedText(node: SchemaTree, oddBytes: () => void): (value: unknown) => string {
	if (node.children.length === 0) {
		const text = leafText(node.element, oddBytes);
		const bare = isNumber(node.element);
		return repeated((value) => {
			const written = text(value);
			if (written === null) return 'null';
			return bare && /^(-?\d[\d.]*|true|false)$/.test(written) ? written : JSON.stringify(written);
		});
	}
	if (isList(node)) {
		const middle = node.children[0] as SchemaTree;
		const inner = nestedText(middle.children.length === 1 ? (middle.children[0] as SchemaTree) : middle, oddBytes);
		return (value) => (Array.isArray(value) ? `[${value.map(inner).join(',')}]` : 'null');
	}
	if (isMap(node)) {
		const inner = nestedText(node.children[0]?.children[1] ?? node, oddBytes);
		return (value) => objectText(value, () => inner);
	}
	const inner = new Map(node.children.map((child) => [child.element.name, nestedText(child, oddBytes)]));
	return repeated((value) => objectText(value, (name) => inner.get(name) ?? String));
}

const repeated = (text: (value: unknown) => string) => (value: unknown): string => (Array.isArray(value) ? `[${value.map(text).join(',')}]` : text(value));

function objectText(value: unknown, inner: (name: string) => (value: unknown) => string): string {
	if (value === null || typeof value !== 'object') return 'null';
	return `{${Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${inner(name)(one)}`).join(',')}}`;
}
