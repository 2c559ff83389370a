/** Short and other forms of given names in use in Britain, each line led by the form that stands for all. */
const families = `
abigail abby abbie gail|abdul abdal|abraham abe|adam addy|albert bert bertie al|alexander alex alec alick sandy xander sasha
alexandra lexi alexa|alfred alf alfie fred|alice ali|alison ally|amanda mandy|amelia millie amy|andrew andy drew andi
angela angie|ann anne anna annie nan nancy hannah ana|anthony tony antony|archibald archie|arthur art|barbara babs barb
beatrice bea trixie|benjamin ben benny benji|bernard bernie|bridget biddy bridie|caroline carrie caro carolyn
catherine cathy kate katie kath kathy katherine kathleen kathryn katharine cath kitty katy kat kay
cecil cec|charles charlie chas chuck charley|charlotte lottie lotte|christina christine tina chris chrissie christian christiana
christopher kit christoper topher|cicely cecilia cissie cecily|clara clare claire|clement clem|cornelius con|cynthia cindy
daniel dan danny|david dave davy davey dai|deborah debbie deb debs debra|dennis denny denis|diana diane di|dominic dom
donald don|dorothy dot dotty dolly dorothea|douglas doug dougie|duncan dunc|edith edie
edward ed eddie ted teddy ned eddy|edmund ed edmond eamon|edwin edwyn|eleanor ellie nell nellie elinor eleanora leonora elena
elizabeth liz lizzie beth betty bess bessie eliza elsie lisbeth libby lisa elisabeth liza lizzy betsy
ellen helen helena hellen nelly|emily em emmy|emma em|ernest ernie|esther hester essie|eugene gene|eva eve evie
florence flo florrie flossie|frances fanny fran frankie francesca|francis frank franky francois|frederick freddie freddy frederic fredrick
gabriel gabe|geoffrey geoff jeff jeffrey jeffery|george georgie geo|gerald gerry gerard|gertrude gertie trudy|gillian gill jill
gordon gord|grace gracie|gregory greg|gwendoline gwen gwendolen|harold harry hal|harriet hattie harriett|henry hank harry hal
herbert herb bertie|hugh hughie hugo huw|ian iain|irene rene|isaac ike|isabel isabella bella izzy isobel isabelle ishbel
jacob jake|jacqueline jackie jacqui|james jim jimmy jamie jas jem|jane janet jean jenny janie jeanie janette|jennifer jen jenny
jeremiah jerry jeremy|jessica jess jessie|joan joanna joanne jo|john johnny jack jon johnnie jno|jonathan jon jonny|joseph joe joey jos josef
joshua josh|josephine jo josie|judith judy|julia julie juliet|katrina trina|kenneth ken kenny|laurence larry laurie lawrence lawrie
leonard len lenny leo|leslie les lesley|lewis lew louis lou louie|lillian lily lilian|louisa louise lou|lucy lucia lulu lucinda
mabel mab|madeleine maddie madeline|malcolm mal|margaret maggie meg peggy marge margie madge greta daisy maisie peg rita margery marjorie
maria marie mary molly polly mae may marian marion maryann mariam|martha patty mattie|martin marty|matilda tilly maud maude tilda
matthew matt matty mathew|maurice morris|maximilian max|michael mike mick micky mickey mikey micheal|mildred millie
mohammed mohammad muhammad mohamed mohd md mo muhammed mohamad muhamad muhammod|moses mo|nathaniel nathan nat nate
nicholas nick nicky nicolas|nicola nicky nikki nicole|nigel nige|oliver ollie olly|olivia liv livvy|oscar os|oswald ozzie|pamela pam
patricia pat patsy tricia trish patty|patrick paddy pat|paul pauly|penelope penny|percival percy perceval|peter pete|philip phil pip phillip
philippa pip pippa|phyllis phyl|priscilla cilla|rachel rach rachael|ralph rafe|raymond ray|rebecca becky becca bex rebekah
reginald reg reggie|richard dick rick ricky rich richie dicky|robert bob bobby rob robbie bert robin bobbie|roderick rod rory
rodney rod|roger rodge|roland rowland|ronald ron ronnie|rosemary rose rosie|rose rosa rosalind rosina|roxanne roxy|rupert rupe
ruth ruthie|samantha sam sammy|samuel sam sammy|sarah sally sadie sara|sebastian seb|sharon shaz|sidney sid sydney
simon si|sophia sophie sofia|stanley stan|stephanie steph|stephen steve steven stevie stefan|stuart stewart stew stu|susan sue susie suzie susanna susannah suzanne
sylvia silvia|terence terry terrance|theodore theo ted|theresa terry teresa tess tessa|thomas tom tommy thom thos|timothy tim timmy
tobias toby|ursula ursie|valerie val|vanessa nessa|veronica ronnie|victor vic|victoria vicky vic vicki tori|vincent vince vinny
violet vi|virginia ginny|vivian viv vivien vivienne|walter wally walt wat|wilfred wilf wilfrid
william bill billy will willie wm liam willy|winifred winnie freda win|winston win|yousuf yusuf youssef yousef|zachary zach zac zak
hussain hussein husain|ahmed ahmad ahmet|ali aly|hasan hassan|fatima fatimah fatema|aisha ayesha aysha aishah|khadija khadijah|omar umar|usman osman uthman
`;

const roots = new Map<string, string>();
for (const family of families.split(/[|\n]/)) {
  const [root, ...forms] = family.trim().split(' ');
  if (root === undefined || root === '') continue;
  for (const form of [root, ...forms]) if (!roots.has(form)) roots.set(form, root);
}

/** The form that stands for a given name and its short forms: `liz` and `elizabeth` have one root. */
export const nameRoot = (given: string): string => roots.get(given) ?? given;
