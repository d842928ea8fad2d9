import { expose, transfer } from '../src/lib/rpc.ts';
import { generate } from '../src/packs/generators.ts';
import type { Generated, GenerateRequest } from '../src/pack/types.ts';

const api = {
	async generate(pack: string, request: GenerateRequest): Promise<Generated> {
		const generated = await generate(pack, request);
		const buffers = Object.values(generated.tables).flatMap((table) => table.chunks.map((chunk) => chunk.buffer as ArrayBuffer));
		return transfer(generated, [...new Set(buffers)]);
	},
};

export type GeneratorApi = typeof api;

expose(api);
