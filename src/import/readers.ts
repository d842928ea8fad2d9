import { formatReaders } from './formats/index.ts';
import { readDelimited } from './read/delimited.ts';
import type { Format, Reader } from './types.ts';

export const readers: Readonly<Record<Format, Reader>> = { delimited: readDelimited, ...formatReaders };
