package retrieval

import (
	"strconv"
	"strings"

	"verbatim/corpus/words"
)

// term is the form under which words match: the stem of the plain form. Irregular
// forms are brought to it ("won" to "win"), and British spelling to American.
func term(t words.Token) string {
	w := t.Word
	if base, ok := irregular[w]; ok {
		return base
	}
	if n, ok := ordinals[w]; ok {
		return n
	}
	if len(w) > 5 {
		if a := american(w); a != w {
			return words.Stem(a)
		}
	}
	return t.Stem
}

// american writes a word the American way, as far as its letters tell. It is
// applied to both sides, so that a wrong turn ("promize") does no harm.
func american(w string) string {
	for _, end := range []string{"ise", "ised", "ises", "ising", "isation", "isations", "yse", "ysed", "ysing"} {
		if strings.HasSuffix(w, end) {
			i := len(w) - len(end)
			return w[:i+1] + "z" + w[i+2:]
		}
	}
	if i := strings.LastIndex(w, "our"); i > 1 && i+3 <= len(w) && (w[i-1] == 'l' || w[i-1] == 'b' || w[i-1] == 'v' || w[i-1] == 'm' || w[i-1] == 'n') {
		return w[:i] + "or" + w[i+3:]
	}
	if s, ok := strings.CutSuffix(strings.TrimSuffix(w, "s"), "tre"); ok {
		return s + "ter"
	}
	if s, ok := strings.CutSuffix(w, "ogue"); ok {
		return s + "og"
	}
	if s, ok := strings.CutSuffix(w, "mme"); ok {
		return s + "m"
	}
	if s, ok := strings.CutSuffix(w, "ence"); ok && (strings.HasSuffix(s, "def") || strings.HasSuffix(s, "lic") || strings.HasSuffix(s, "off")) {
		return s + "ense"
	}
	if i := strings.Index(w, "ll"); i > 2 && (strings.HasSuffix(w, "lled") || strings.HasSuffix(w, "lling") || strings.HasSuffix(w, "ller")) && i == strings.LastIndex(w, "ll") && len(w) > 7 {
		return w[:i] + w[i+1:]
	}
	return w
}

var (
	// function words say nothing about what a passage or a question is about.
	function = words.Set(`the a an this that these those of in on at by for from with to into onto about as than within without upon through among between during
		and or but nor so yet if then is are was were be been being am do does did done doing has have had having can could will would shall should may might must
		i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself himself herself itself themselves
		who whom whose what which when where why how there here not no also too very just only even such each both all any some other another
		not n't 's s t d ll re ve m o up down out off over under again once own same most more much many few
		please tell me name list give say`)

	// askingWords carry what kind of thing is asked for, not what about.
	askingWords = words.Set(`type kind sort thing things way many much long old often far name names term called call number amount percentage percent year month day
		date time happened happen else exactly`)

	// sayingWords ask for what somebody said.
	sayingWords = words.Set("say said says saying quote quotes quoted comment comments commented statement words remark remarks tell told tells put think thinks thought opinion view views argue argued claim claimed according")
)

// Framing reports whether a normalised word belongs to how a question is put
// ("what", "did", "say", "how", "many") and not to what it is about.
func Framing(word string) bool { return function[word] || askingWords[word] || sayingWords[word] }

// irregular maps forms of irregular verbs and nouns to the stem of the plain
// form.
var irregular = func() map[string]string {
	m := map[string]string{}
	for line := range strings.SplitSeq(`arise arose arisen;bear bore born borne;beat beaten;become became;begin began begun;bend bent;bind bound;bite bit bitten;blow blew blown;
break broke broken;bring brought;build built;burn burnt;buy bought;catch caught;choose chose chosen;come came;cling clung;creep crept;deal dealt;dig dug;
draw drew drawn;dream dreamt;drink drank drunk;drive drove driven;eat ate eaten;fall fell fallen;feed fed;feel felt;fight fought;find found;flee fled;fly flew flown;
forbid forbade forbidden;forget forgot forgotten;forgive forgave forgiven;freeze froze frozen;get got gotten;give gave given;go went gone;grind ground;grow grew grown;
hang hung;hear heard;hide hid hidden;hold held;keep kept;kneel knelt;know knew known;lay laid;lead led;lean leant;learn learnt;leave left;lend lent;lie lay lain;
light lit;lose lost;make made;mean meant;meet met;pay paid;ride rode ridden;ring rang rung;rise rose risen;run ran;say said;see saw seen;seek sought;sell sold;
send sent;shake shook shaken;shine shone;shoot shot;show shown;shrink shrank shrunk;sing sang sung;sink sank sunk;sit sat;sleep slept;slide slid;speak spoke spoken;
speed sped;spell spelt;spend spent;spin spun;spring sprang sprung;stand stood;steal stole stolen;stick stuck;strike struck stricken;strive strove;swear swore sworn;
sweep swept;swell swollen;swim swam swum;swing swung;take took taken;teach taught;tear tore torn;tell told;think thought;throw threw thrown;undergo underwent undergone;
understand understood;wake woke woken;wear wore worn;weave wove woven;weep wept;win won;wind wound;withdraw withdrew withdrawn;write wrote written;overtake overtook overtaken;
overthrow overthrew overthrown;child children;man men;woman women;foot feet;tooth teeth;goose geese;mouse mice;person people;life lives;wife wives;wolf wolves;
knife knives;leaf leaves;half halves;analysis analyses;basis bases;crisis crises;phenomenon phenomena;criterion criteria;bacterium bacteria;medium media;die died death dead dying;
marry marriage;choose choice;lose loss;grow growth;sell sale sales;bear birth;believe belief;succeed success successful;think thought thoughts;live life;speak speech;
fail failure;arrive arrival;deny denial;refuse refusal;approve approval;survive survival;behave behavior behaviour;know knowledge;heal health;weigh weight;fly flight;
high height;long length;strong strength;wide width;deep depth;hot heat;young youth;true truth;poor poverty;advise advice;prove proof proven;
begin beginning;large largest larger;big bigger biggest;good better best;bad worse worst`, ";") {
		fields := strings.Fields(line)
		base := words.Stem(fields[0])
		for _, f := range fields[1:] {
			if _, ok := m[f]; !ok {
				m[f] = base
			}
		}
	}
	return m
}()

// ordinals and numbers in words are their figures. "One" is rather a pronoun.
var ordinals = func() map[string]string {
	m := map[string]string{}
	for i, w := range strings.Fields("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty") {
		m[w] = strconv.Itoa(i + 2)
	}
	for i, w := range strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth") {
		suffix := "th"
		if i < 3 {
			suffix = []string{"st", "nd", "rd"}[i]
		}
		m[w] = strconv.Itoa(i+1) + suffix
	}
	return m
}()

// root strips the endings that make one word of another ("director" and
// "direction" from "direct") from a stem, at most twice. Words of one root are
// kin; a root has four letters at least.
func root(stem string) string {
	if len(stem) < 5 || stem[0] < 'a' {
		return stem
	}
	for range 2 {
		was := stem
		for _, end := range derivations {
			if s, ok := strings.CutSuffix(stem, end); ok && len(s) >= 4 {
				stem = s
				break
			}
		}
		if stem == was {
			break
		}
	}
	return stem
}

// derivations are endings of stems, longer ones first.
var derivations = strings.Fields("ation ition ement ment ness ship hood ance ence tion sion iti ity ism ist ian ive ion ant ent ate ous ful ure or er al an ia ic at it ag ar ed ly th in y a e i t")
