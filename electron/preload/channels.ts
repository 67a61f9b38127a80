/** The two channels between the window and the Electron host; there are no others. */
export const channels = { call: 'counterledger:call', changes: 'counterledger:changes' } as const;
