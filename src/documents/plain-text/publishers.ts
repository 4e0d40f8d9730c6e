/** Words by which papers, agencies and broadcasters are known, in lower case. */
const WORDS: ReadonlySet<string> = new Set(
  'news times post press presse agency agence agentur agencia agenzia ajansı agentura journal magazine review radio tv television televizyonu daily today weekly herald tribune guardian telegraph observer independent chronicle gazette gazetesi haber haberler dergisi postası zeitung rundschau nachrichten spiegel welle monde figaro mundo país repubblica stampa corriere reuters bloomberg insider broadcasting newswire online media medya'.split(
    ' ',
  ),
);
const PLACES: ReadonlySet<string> = new Set('UK US USA EU UN UAE DC NY'.split(' '));

/** Whether a name is recognisably that of a publication or an agency, such as `The Guardian`, `Reuters` or `AFP`. */
export function isOutlet(name: string): boolean {
  const words = name.split(/[\s()]+/u).filter((word) => word !== '');
  const [first = '', ...others] = words;
  if (/^(?:The|Le|La|Les|El|Il|Der|Die|Das)$/u.test(first) && others.length > 0) return true;
  return words.some(
    (word) => WORDS.has(word.toLowerCase()) || (/^\p{Lu}{2,6}$/u.test(word) && !PLACES.has(word)),
  );
}
