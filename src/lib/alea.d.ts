declare module 'seedrandom/lib/alea.js' {
	const alea: (seed: string) => () => number;
	export default alea;
}
