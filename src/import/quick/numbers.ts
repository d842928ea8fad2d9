import { quick as said } from '../../lib/texts/quick.ts';
import type { ColumnReading } from '../types.ts';
import type { NumberFacts } from './evidence.ts';
import { begins, codes, has, identifies, wordsOf } from './names.ts';
import type { QuickColumn, QuickNumber, QuickUse } from './types.ts';

const rates = (words: readonly string[]): boolean => has(words, 'rate', 'percent', 'percentage', 'pct', 'perc', '%', 'ratio', 'share', 'proportion', 'quote', 'occupancy', 'utilisation', 'utilization', 'yield', 'margin', 'prozent', 'anteil');
const levels = (words: readonly string[]): boolean => has(words, 'score', 'rating', 'csat', 'nps', 'age', 'temperature', 'temp', 'bmi', 'grade', 'rank', 'height', 'weight', 'avg', 'average', 'mean', 'median', 'price', 'stars', 'severity', 'priority', 'satisfaction', 'level', 'risk', 'year', 'hour', 'month');
const times = (words: readonly string[]): boolean => begins(words, 'duration', 'minute', 'second', 'elapsed', 'wait', 'delay', 'latency') || has(words, 'min', 'mins', 'sec', 'secs', 'hours', 'hrs', 'days', 'time', 'los', 'tat');
const amounts = (words: readonly string[]): boolean =>
	begins(words, 'amount', 'cost', 'revenue', 'sale', 'total', 'quantit', 'count', 'charge', 'payment', 'paid', 'fee', 'admission', 'attendance', 'breach', 'visit', 'call', 'order', 'unit', 'population', 'expens', 'income', 'budget', 'spend') || has(words, 'qty', 'num', 'volume', 'of');

const units: readonly (readonly [string, readonly string[]])[] = [
	['minutes', ['minutes', 'minute', 'mins', 'min']],
	['hours', ['hours', 'hrs']],
	['days', ['days']],
	['seconds', ['seconds', 'secs', 'sec']],
	['ms', ['milliseconds', 'ms']],
];

/** How a column of numbers is summed up; null where its name says that they only number things. */
export function numberOf({ column, asNumber, because }: QuickColumn): QuickNumber | null {
	const words = wordsOf(column);
	return asNumber === null || because === said.counter || identifies(words) || (asNumber.whole && codes(words) && !levels(words) && !amounts(words)) ? null : asNumber;
}

/** How a column would be summed up as a number. */
export function described({ column, label }: Pick<QuickColumn, 'column' | 'label'>, reading: ColumnReading | undefined, facts: NumberFacts | undefined): QuickNumber {
	const words = wordsOf(column);
	const conversion = reading?.conversion;
	const percent = conversion?.kind === 'number' && conversion.percent;
	const currency = conversion?.kind === 'number' ? conversion.currency : '';
	const unit = currency !== '' ? currency : (units.find(([, names]) => has(words, ...names))?.[0] ?? '');
	const number = (use: QuickUse, uses: readonly QuickUse[], because: string): QuickNumber => ({ column, label, unit, use, uses, whole: facts?.whole === true, because });
	if (percent || rates(words)) return number('median', ['median'], said.rateOfRow);
	if (times(words)) return number('median', ['median', 'mean', 'sum'], said.spread);
	if (levels(words)) return number('mean', ['mean', 'median'], said.level);
	const counts = facts?.whole === true && facts.least >= 0 && facts.most > 20 && /[^s]s$/.test(words.at(-1) ?? '');
	if (currency !== '' || amounts(words) || counts) return number('sum', ['sum', 'mean', 'median'], said.addsUp);
	const skewed = facts !== undefined && facts.least >= 0 && facts.mean > 1.5 * facts.median;
	return number(skewed ? 'median' : 'mean', ['mean', 'median', 'sum'], skewed ? said.spread : said.number);
}

const wholes = ['attendance', 'visit', 'total', 'call', 'case', 'order', 'contact', 'denominator', 'population', 'eligible', 'patient', 'admission', 'referral', 'request', 'appointment', 'offered', 'scheduled', 'ticket', 'test', 'response', 'all', 'seen', 'arrival', 'claim', 'bed'];
const parts = ['breach', 'late', 'over', 'miss', 'fail', 'error', 'success', 'answered', 'abandon', 'complet', 'resolv', 'admission', 'admit', 'positive', 'numerator', 'cancel', 'convert', 'within', 'ontime', 'reject', 'denied', 'denial', 'closed', 'escalat', 'reopen', 'occupied', 'accepted', 'death', 'readmission'];

/** Pairs whose names speak of a part and its whole; whether the numbers do is for the data to say. */
export function namedParts(numbers: readonly QuickNumber[]): { part: string; whole: string }[] {
	const counted = numbers.filter(({ whole, uses }) => whole && uses.includes('sum'));
	return counted.flatMap(({ column: part }) => counted.flatMap(({ column: whole }) => (part !== whole && begins(wordsOf(part), ...parts) && begins(wordsOf(whole), ...wholes) ? [{ part, whole }] : [])));
}
