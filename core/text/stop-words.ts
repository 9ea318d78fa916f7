// Words that carry grammar, not meaning, in the languages a small corpus is likely to hold.

const english = `a about above after again against all almost along already also although always am among an and another any
  are aren't around as at away be became because become been before began behind being below between both but by can can't
  cannot come comes could did do does doesn't doing don't done down during each either else enough even ever every few first
  for from further gave get gets give given gives go goes got had has have having he hence her here hers him himself his how
  however i if in indeed instead into is isn't it it's its itself just keep keeps kept last later least less let let's like
  made make makes many may me might mine more most much must my neither never new next no none nor not nothing now of off
  often on once one ones only onto or other others our ours out over own per perhaps put quite rather really s same second
  see seem seems seen several she should show showed shown shows since so some something soon still such t take taken takes
  tell tells than that that's the their theirs them themselves then there these they thing things this those though three
  through thus to together too took toward towards two under until up upon us use used uses using usually very via want
  wants was way ways we well went were what when where whether which while who whole whom whose why will with within without
  would yet you your yours explained explains explanation introducing introduction paper papers talk video post
  et al e.g i.e etc`;
const spanish = `al algo algunas algunos ante antes como con contra cual cuando de del desde donde dos el ella ellas ellos en
  entre era eran es esa ese eso esta está estaba este esto estos fue fueron ha han hasta hay la las le les lo los mas más
  me mi muy nada ni no nos o otra otro para pero poco por porque que qué quien se ser si sí sin sobre son su sus también
  tan tanto te tiene todo todos tu un una uno unos y ya yo`;
const french = `au aussi autre aux avec ce ces cette chez comme d dans de des deux du elle elles en est et été être eu fait
  il ils je l la le les leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où par pas plus pour qu
  quand que qui s sa sans se ses si son sont sur ta te tes ton tout tous très tu un une vos votre vous y à c'est`;
const german = `aber als am an auch auf aus bei bin bis da das dass dem den der des die doch dort du durch ein eine einem einen
  einer eines er es für hat hatte ich ihm ihn ihr ihre im in ist ja kann man mehr mit nach nicht noch nun nur ob oder ohne
  sehr sein seine sich sie sind so über um und uns unter vom von vor war was weil wenn wer werden wie wir wird wo zu zum zur`;

/** Lower-case words of English, Spanish, French and German that no label, vector or score should rest on. */
export const stopWords: ReadonlySet<string> = new Set([english, spanish, french, german].join(' ').split(/\s+/));
