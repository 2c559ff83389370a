import { wordPairs } from '../word-pairs.ts';
import type { TermFrequencies } from './types.ts';

/**
 * How common the commonest names are in Britain, as shares of people; rounded. A name that is not here counts as rare, so a
 * model that has learned from its own data is better. Training replaces these.
 */
export const commonNames: TermFrequencies = {
  family: shares(`
    smith 0.0115  jones 0.0085  williams 0.0058  taylor 0.0051  brown 0.0049  davies 0.0044
    patel 0.0037  evans 0.0036  wilson 0.0035  johnson 0.0034  thomas 0.0033  roberts 0.0032
    khan 0.0031  wright 0.003  walker 0.0029  robinson 0.0029  thompson 0.0028  white 0.0028
    hughes 0.0027  edwards 0.0027  singh 0.0026  green 0.0025  hall 0.0025  lewis 0.0025
    wood 0.0024  harris 0.0024  clarke 0.0023  jackson 0.0023  ahmed 0.0023  clark 0.0022
    turner 0.0022  hill 0.0021  cooper 0.002  ali 0.002  hussain 0.002  begum 0.002  kaur 0.0018
    morris 0.0019  moore 0.0018  martin 0.0018  ward 0.0018  king 0.0018  baker 0.0017  shah 0.0016
  `),
  givenRoot: shares(`
    john 0.022  david 0.021  michael 0.019  paul 0.016  andrew 0.016  peter 0.014  james 0.016
    robert 0.014  william 0.012  thomas 0.011  mohammed 0.011  richard 0.011  christopher 0.012
    stephen 0.013  mark 0.012  daniel 0.01  anthony 0.009  matthew 0.009  george 0.008  joseph 0.008
    margaret 0.012  susan 0.012  maria 0.013  patricia 0.009  catherine 0.012  elizabeth 0.011
    sarah 0.012  jennifer 0.009  linda 0.008  christina 0.01  jane 0.011  ann 0.014  emma 0.009
    deborah 0.007  karen 0.008  jacqueline 0.007  julia 0.009  helen 0.008  laura 0.006
    barbara 0.006
  `),
};

function shares(text: string): { [name: string]: number } {
  return Object.fromEntries([...wordPairs(text)].map(([name, share]) => [name, Number(share)]));
}
