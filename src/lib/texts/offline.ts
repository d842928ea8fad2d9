/** The app as it is kept on the device. */
export const offline = {
	kept: (size: string) => `Works offline: ${size} kept on this device.`,
	failed: 'Not kept for work without a network; it is tried again at the next visit.',
	newer: 'A new version is ready. This page goes on with the one it was opened with.',
	unshared: 'Something was shared with the app, but it held no file that can be read. Save the file and open it in the data menu instead.',
	take: 'Reload',
	later: 'Later',
} as const;
