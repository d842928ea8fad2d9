declare module '*?packed' {
	/** The address of the file, gzipped when built. */
	const url: string;
	export default url;
}
