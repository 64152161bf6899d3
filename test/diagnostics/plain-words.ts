/** The most words of a fact. A quoted value counts as one. */
const mostWords = 25;

/** Habits that make a reader stumble, and what to write instead. */
const habits: readonly (readonly [habit: RegExp, instead: string])[] = [
  [/\bstands?\b(?! for|-in)/, '"is", "is set" or "is in"'],
  [/\b(said|told)\b/, '"set", "given" or "reported"'],
  [/(?<!there )\b(is|are) no (?!longer\b)/i, '"is not a"'],
  [/\bha(s|ve) not (a|an|any|the)\b/, '"does not have"'],
  [/\b(is|are) to (be\b|\w+ed\b)/, '"must be", or the plain verb'],
  [/\banother one\b|\beach other one\b/, '"another" with its noun'],
  [/, and (it|this|that|these|there|none|nothing|no) /, '"but", "so" or "because"'],
  [/, which (no|nothing) \w+ (is|does|has)\b/, 'a sentence of its own'],
  [/\balone(?=[.,;:]|$)/, '"only", before what it limits'],
  [/\bsince (?!\d|January\b|then\b|v\d|K3s\b|Linux\b|recreated\b|\$\{)/, '"because"'],
  [
    /\b(in vain|for want of|by whomever|whoever|whomever|beforehand known)\b/,
    'the plain word, such as "anyone"',
  ],
  [/\bfor ever\b|\banew\b|\bastray\b|\bbrings? about\b|\bbrought about\b/, 'the plain word'],
  [/\b(bear|bears) no\b|\blives? on\b|\blook into\b/, "the field's term"],
  [/\b(fault|faults) of Fjord\b/, '"a bug in Fjord"'],
  [/\bjudges?\b|\bheld against\b/, '"check"'],
];

/** Names that begin a sentence as they are written. */
const names =
  /^(Fjord|Kubernetes|K3s|Linux|OpenFaaS|WebSocket|Cloudflare|Fastly|Let's Encrypt|[A-Z][A-Za-z]+ [a-z0-9-]+\/[a-z0-9-]+)\b/;

/** The verbs that a hint begins with. */
const verbs = new Set(
  'add allow change check choose compare copy correct create declare did do export fix free give install keep leave lengthen lower make merge move name point push put raise remove rename replace rewrite run send set shorten split try use wait write'.split(
    ' ',
  ),
);

/** The habits that a text has, each with what to write instead. */
export function habitsIn(text: string): string[] {
  return habits
    .filter(([habit]) => habit.test(text))
    .map(([habit, instead]) => `${JSON.stringify(text)} has ${habit}: write ${instead}`);
}

/** What keeps a fact from being one plain sentence. */
export function factProblems(fact: string): string[] {
  const words = wordsOf(fact);
  return [
    ...(words.length <= mostWords ? [] : [`has ${words.length} words`]),
    ...(/^[a-z0-9'"/[{*…-]/.test(fact) || names.test(fact) ? [] : ['begins with a capital']),
    ...(/[.!?]$/.test(fact) ? ['ends in a full stop'] : []),
    ...(/[.!?] [A-Z]/.test(words.join(' ')) ? ['is more than one sentence'] : []),
  ].map((problem) => `${JSON.stringify(fact)} ${problem}`);
}

/** What keeps a hint from being an action. */
export function hintProblems(hint: string): string[] {
  const [first = ''] = hint.split(/[^a-z]/, 1);
  return [
    ...(verbs.has(first) ? [] : [`begins with ${JSON.stringify(first)}, which is not a verb of the list`]),
    ...(/\.$/.test(hint) ? ['ends in a full stop'] : []),
  ].map((problem) => `${JSON.stringify(hint)} ${problem}`);
}

/** A quoted value is one word, as is what stands in for it in a template; an apostrophe after a letter quotes nothing. */
function wordsOf(text: string): string[] {
  return text
    .replace(/(?<!\w)'[^']*'(?!\w)|"[^"]*"/g, 'value')
    .split(/\s+/)
    .filter((word) => /\w/.test(word));
}
