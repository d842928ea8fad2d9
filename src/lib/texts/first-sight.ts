/** The picture that the build made, until and after it is checked. */
export const firstSight = {
	checking: 'Made at build; checking it live…',
	checkingAbout: 'The numbers and pictures shown came with the page. The engine is starting on this device and will compute all of them again.',
	waits: 'Waiting for the engine…',
	waitsAbout: 'The engine is starting on this device; what you asked for comes as soon as it runs.',
	same: 'Verified live',
	sameAbout: (numbers: string, texts: string, tiles: string) => `This view was made at build and has been computed again on this device: ${numbers} numbers and ${texts} texts of ${tiles} tiles are the same, to the last digit.`,
	different: 'Computed live; the picture made at build differed',
	unchecked: 'Made at build; it could not be checked, since the engine did not start',
} as const;
