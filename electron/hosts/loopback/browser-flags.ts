/** Services of the browser that would speak to their maker or look around in the network. */
const silencedFeatures = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationGuideModelDownloading',
  'OptimizationHints',
  'OptimizationHintsFetching',
  'SegmentationPlatform',
  'Translate',
];

/**
 * Switches that keep the browser from speaking to anything but this machine. The last two would be enough alone: no name is ever
 * looked up and no proxy asked, whatever service of the browser wants to; the others keep it from trying.
 */
export const silenceFlags: readonly string[] = [
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  `--disable-features=${silencedFeatures.join(',')}`,
  '--disable-field-trial-config',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-pings',
  '--no-service-autorun',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** Switches for a window that is a program and not a browser: no questions, no keyring, nothing restored. */
const plainFlags: readonly string[] = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-mode',
  '--disable-search-engine-choice-screen',
  '--disable-session-crashed-bubble',
  '--hide-crash-restore-bubble',
  '--password-store=basic',
  '--use-mock-keychain',
  '--window-size=1366,768',
];

export interface WindowFlags {
  address: string;
  /** A profile of our own: with the user's, a running browser would take the window over. */
  profileDir: string;
  language: 'zh-CN' | 'en' | null;
  /** User id, where the system has such. */
  uid: number | undefined;
}

/** The command line of an app window. */
export function windowFlags({ address, profileDir, language, uid }: WindowFlags): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profileDir}`,
    ...plainFlags,
    ...silenceFlags,
    ...(language ? [`--lang=${language}`] : []),
    // Chromium refuses its sandbox to root; nobody else goes without. --test-type hides the banner that warns of it.
    ...(uid === 0 ? ['--no-sandbox', '--test-type'] : []),
  ];
}
