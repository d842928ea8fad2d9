import * as Comlink from 'comlink';
import { asThroughlineError, ThroughlineError, type Detail, type ErrorCode } from './errors.ts';

/**
 * comlink passes on an error's name, message and stack and loses its code and class
 * (https://github.com/GoogleChromeLabs/comlink/blob/main/src/comlink.ts, throwTransferHandler),
 * so both sides import comlink from here, with errors carried as code and detail.
 */
interface Thrown {
	value: unknown;
}

interface Carried {
	code: ErrorCode;
	detail: Detail;
}

const original = Comlink.transferHandlers.get('throw');

Comlink.transferHandlers.set('throw', {
	canHandle: (value: unknown): value is Thrown => original?.canHandle(value) ?? false,
	serialize: (thrown: Thrown): [Carried, Transferable[]] => {
		const error = asThroughlineError(thrown.value);
		return [{ code: error.code, detail: error.detail }, []];
	},
	deserialize: (carried: Carried): never => {
		throw new ThroughlineError(carried.code, carried.detail);
	},
});

export const { expose, wrap, proxy, transfer } = Comlink;
export type { Remote, Endpoint } from 'comlink';
