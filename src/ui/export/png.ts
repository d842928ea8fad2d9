import { drawIn } from '../../charts/drawing.ts';
import { svgText } from './svg.ts';

const scale = 2;

/** A picture loaded as an image cannot see the fonts of the page: it carries them. Latin letters; others fall back to fonts of the system. */
async function fontFaces(): Promise<string> {
	const [inter, serif] = await Promise.all([import('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline'), import('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?inline')]);
	const face = (family: string, url: string): string => `@font-face{font-family:"${family}";font-weight:100 900;src:url("${url}") format("woff2")}`;
	return face('Inter Variable', inter.default) + face('Source Serif 4 Variable', serif.default);
}

async function loaded(source: string): Promise<HTMLImageElement> {
	const url = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		return image;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** The picture in twice as many dots as it has px. */
export async function pngOf(svg: SVGSVGElement): Promise<Blob> {
	const draw = drawIn(svg.ownerDocument);
	svg.prepend(draw('style', {}, await fontFaces()));
	const image = await loaded(svgText(svg));
	const canvas = document.createElement('canvas');
	[canvas.width, canvas.height] = [Math.ceil(image.width * scale), Math.ceil(image.height * scale)];
	canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
	return new Promise((done, refused) => canvas.toBlob((blob) => (blob ? done(blob) : refused(new Error('the picture could not be drawn'))), 'image/png'));
}
