export { open, withAnswers, withConversion } from './answers.ts';
export { badCells, recounted } from './bad.ts';
export { conversionSql, notRead, readableSql } from './convert.ts';
export { isForm } from './form-sql.ts';
export { profileOf } from './profile.ts';
export { inferColumns, readingOf } from './read.ts';
