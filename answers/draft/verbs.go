package draft

import "strings"

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

var (
	// be, have and modal stand at the head of a predicate and go before the subject
	// of a question.
	auxiliaries = set("is are was were has have had can could will would may might must should shall did does do")
	forms       = set("is are was were")

	// past maps an irregular past form to its infinitive; forms that are as often a
	// noun or an adjective ("felt", "cut", "set", "put", "left") are not here.
	past = pairs(`began begin became become bore bear bought buy brought bring broke break built build came come chose choose drew draw drove drive fell fall
		fought fight flew fly forgot forget found find gave give got get went go grew grow held hold hid hide kept keep knew know laid lay led lead lent lend
		lost lose made make meant mean met meet paid pay ran run rang ring rode ride rose rise said say sang sing sank sink sat sit saw see sent send shook shake
		shot shoot slept sleep sold sell spent spend spoke speak stole steal stood stand struck strike sought seek swam swim swore swear taught teach
		threw throw told tell took take thought think understood understand withdrew withdraw woke wake won win wore wear wrote write caught catch ate eat
		overcame overcome undertook undertake arose arise forbade forbid oversaw oversee`)

	// present maps a verb in the third person to its infinitive; other words in -s
	// are too often nouns.
	present = pairs(`says say tells tell argues argue believes believe thinks think claims claim contains contain includes include consists consist becomes become
		remains remain begins begin makes make gives give takes take comes come goes go lies lie stands stand provides provide requires require allows allow uses use
		occurs occur produces produce represents represent refers refer belongs belong depends depend exists exist forms form follows follow helps help
		keeps keep leads lead lives live means mean needs need offers offer owns own plays play receives receive runs run serves serve shows show covers cover
		describes describe appears appear operates operate involves involve holds hold has have wants want works work features feature hosts host houses house
		costs cost weighs weigh opens open closes close ends end grows grow sells sell brings bring suggests suggest explains explain notes note states state`)

	// participles that have no ending of their own: passives are told by them.
	participles = set(`begun become borne bought brought broken built come chosen drawn driven fallen fought flown forgotten found given got gone grown held hidden kept known laid led
		lost made meant met paid run ridden risen said sung sunk seen sent shaken shot sold spent spoken stolen stood struck sought sworn taught thrown told taken
		thought understood withdrawn won worn written caught eaten overcome undertaken born set put cut left hit read split spread cast felt`)

	// doubled are the verbs that double their last letter before -ed.
	doubled = set("stop plan drop ship grab ban rob beg admit permit refer occur transfer control equip commit submit prefer regret compel expel omit patrol rebel propel")
	// silent are endings of a stem that lost its e before -ed: "produc-ed", "mov-ed".
	silent = []string{"at", "iz", "is", "yz", "uc", "rc", "nc", "rg", "dg", "ng", "ag", "eg", "iev", "eiv", "olv", "erv", "ov", "av", "iv", "as", "os", "us", "ns", "ps", "rs", "ur", "ir", "or", "ar", "ol", "ul", "il", "pl", "bl", "tl", "dl", "gl", "fl", "ot", "ut", "it", "uit", "in", "un", "om", "am", "im", "um", "op", "ap", "yp", "ip", "ak", "ok", "ik", "id", "ud", "od", "ad", "ed", "u", "c", "v"}
	// sounded are stems with such an ending that did not.
	sounded = set(`visit limit exhibit inherit credit edit audit profit benefit deposit inhabit merit orbit prohibit recruit edit exit solicit
		remain obtain contain maintain gain explain train join begin sign reign retain attain sustain entertain complain open happen listen
		enter answer offer differ suffer consider remember discover deliver order border number gather render honor honour favor favour labor labour
		tour pour repair appear clear wear bear fear hear
		reveal appeal deal heal seal steal fail mail sail nail detail prevail equal signal
		claim exclaim aim proclaim blossom bottom ransom seem deem redeem
		develop gallop help keep sleep step
		treat repeat defeat eat heat cheat greet meet seat beat float boat
		attack lock knock block speak look cook book seek park work thank
		need feed plead lead read load speed exceed proceed succeed invad aid add avoid raid
		attend end
		pass press possess miss discuss express cross process address focus access assess dress guess kiss
		belong bring sing long hang bang
		focus`)
)

func pairs(list string) map[string]string {
	m := map[string]string{}
	f := strings.Fields(list)
	for i := 0; i+1 < len(f); i += 2 {
		m[f[i]] = f[i+1]
	}
	return m
}

// infinitive returns the infinitive of a finite verb, or false where a word does
// not look like one. It guesses the silent e of regular verbs.
func infinitive(w string) (string, bool) {
	if v, ok := past[w]; ok {
		return v, true
	}
	if v, ok := present[w]; ok {
		return v, true
	}
	stem, ok := strings.CutSuffix(w, "ed")
	if !ok || len(stem) < 3 || strings.HasSuffix(w, "eed") || notVerbs[w] {
		return "", false
	}
	if y, ok := strings.CutSuffix(stem, "i"); ok {
		return y + "y", true // "carri-ed"
	}
	if n := len(stem); stem[n-1] == stem[n-2] && doubled[stem[:n-1]] {
		return stem[:n-1], true
	}
	if sounded[stem] {
		return stem, true
	}
	for _, s := range silent {
		if strings.HasSuffix(stem, s) {
			return stem + "e", true
		}
	}
	return stem, true
}

// notVerbs end in -ed and are no finite verbs.
var notVerbs = set("hundred sacred naked wicked rugged ragged crooked beloved aged indeed united advanced so-called limited combined supposed unprecedented sophisticated")

// participle reports whether a word may stand after "was" to make a passive.
func participle(w string) bool {
	return participles[w] || strings.HasSuffix(w, "ed") && len(w) > 4 && !notVerbs[w]
}
