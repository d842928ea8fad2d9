import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';

/** The functions on which JavaScript engines differ in the last digit, the same in all of them. */
export { exp, ln };

export const square = (x: number): number => x * x;

/** Of a base above 0. */
export const power = (base: number, exponent: number): number => exp(exponent * ln(base));
