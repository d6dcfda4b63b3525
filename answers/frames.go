package answers

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"verbatim/corpus/words"
)

// A question is often two things at once: a subject, and a frame around it
// ("give me the exact words on …", "… his wording or the reporter's?", "for my
// newsletter: …"). The frame says how to answer, and its words would drown the
// subject's.

// frame is how a question wants to be answered.
type frame struct {
	// attribution: whose words they are.
	attribution bool
	// wording: the exact words, so a passage and not what it tells.
	wording bool
	// rest is the question without its frames, folded (see words.Fold).
	rest string
	// stripped: something was taken out.
	stripped bool
}

const (
	speakers = `(?:his|hers?|their|him|he|she|the speaker'?s?|[\p{L}-]+'s)`
	writers  = `(?:the |a |an )?(?:reporter|journalist|author|writer|article|paper|outlet|editor|newspaper|text|piece)(?:'?s)?`
	works    = `(?:newsletter|blog(?: ?post)?|piece|article|briefing|class|essay|homework|report|story|slides?|deck|presentation|thread|post|video|students|pupils|paper|exam|quiz|worksheet|stream|column|podcast|assignment|notes?|write-?up|records?|research|project|press release|statement|q&a|memo)`
	pieces_  = `(?:exact|verbatim|literal|precise|full|complete|actual|original|whole|very|direct|real|best)`
	texts    = `(?:words?|wording|sentences?|quotes?|quotations?|lines?|phras(?:e|ing)s?|passages?|statements?|text)`
)

var attributionFrames = compile(
	`(?:is|was|are|were) (?:that|this|it|those|these) (?:really |actually )?(?:`+speakers+`|a|an) (?:own )?(?:direct |literal |actual )?(?:words?|wording|quotes?|quotation|claim|opinion|view|phrase|statement|phrasing)(?: or (?:`+writers+`|not|paraphrased?|a paraphrase|somebody else's|someone else's)(?: (?:own )?(?:words?|wording|claim|opinion|view|phrase|paraphrase))?)?`,
	`(?:`+speakers+`|`+writers+`)(?: own)?(?: words?| wording| claim| phrase| opinion| view| judge?ment| statement)?,? or (?:is (?:that|it) )?(?:just )?(?:`+writers+`|`+speakers+`)(?: own)?(?: words?| wording| claim| phrase| opinion| view| judge?ment)?`,
	`(?:is (?:that|this|it) )?(?:an? |the )?(?:direct |literal |verbatim |actual )?(?:quote|quotation|his words)s?,? (?:or|vs|versus) (?:is it )?(?:an? |just |only )*(?:paraphrased?|summary|report(?:ed)?(?: speech)?|background|indirect|narration|not)(?: (?:supplied |written |given |added )?(?:by|from) `+writers+`)?`,
	`(?:is (?:that|this|it) )?(?:just |only |an? )*(?:paraphrased?|reported speech|reported|indirect)(?: by `+writers+`)? or (?:an? |his |is it )*(?:direct |literal |verbatim )?(?:quote|quotation|verbatim|own words|direct|quoted)`,
	`(?:given |reported |quoted |printed )?(?:verbatim|word for word|literally|directly quoted|in quotation marks|between quotation marks|in quotes) or (?:(?:just|only|merely|is it|does `+writers+`) )*(?:paraphrased?|paraphrases?|summari[sz]ed|reported|indirect)(?: (?:him|it|by `+writers+`))?`,
	`whose (?:own )?(?:words?|phrase|claim|wording|quote|judge?ment|verdict|opinion|view|statement|idea|term|parenthesis|line) (?:is|are|was|were) (?:that|this|it|those|these|the)?`,
	`(?:who|whom) (?:are|is|were|was) (?:those|these|that|the) (?:words?|quotes?|phrase|line)(?: from| by)?`,
	`who (?:came up with|coined|uses?|used|says?|said|wrote|claims?|claimed) (?:that|this|it|the (?:phrase|term|words?|expression|line)|the)`,
	`(?:is|was) (?:that|this|it) (?:an? )?(?:direct|literal|verbatim|actual|real) (?:quote|quotation)`,
	`(?:can|may|should) i (?:attribute|credit|pin|print|quote) (?:that|this|it|the)?(?: (?:to|on|as) (?:him|her|them|[\p{L}-]+))?`,
	`(?:attribut(?:ed|able|e) to|credited to|said by|from) (?:whom|who)`,
	`(?:is|was|are|were) (?:that|this|it|those|these) [^,.;:?]{0,30}\bor\b[^,.;:?]{0,30}\b`+writers+`\b[^,.;:?]*`,
	`,? ?(?:him|he|she|his|hers?)\b[^,.;:?]{0,25}\bor\b[^,.;:?]{0,15}\b`+writers+`\b[^,.;:?]*`,
	`(?:can|may|could|should|do) (?:i|we) (?:put|use|print|set|write) (?:that|this|it|those|them) (?:in(?:to|side)?|between|within) (?:quotation marks|quote marks|quotes|inverted commas)`,
	`(?:is|was|are|were) (?:that|this|it|those|these) (?:in|between|inside) (?:quotation marks|quote marks|quotes|inverted commas)`,
	`says who`, `according to whom`, `in his own words or not`, `in whose words`,
	`who says (?:so|that|it)`, `(?:ok |so )?who (?:then|was it|is it)(?: then)?`, `(?:so |and )?then who`,
)

var wordingFrames = compile(
	`(?:(?:give|get|show|send|tell|quote|find|paste|read|cite) (?:me |us )?|(?:i )?need |(?:i )?want |what (?:is|was|were|are) |what's |provide |(?:can|could) (?:you|i) (?:give|get|have|paste|quote|see|provide)(?: me| us)? )?(?:the |his |an? |some |that |one )*`+pieces_+` (?:`+pieces_+` )?`+texts+`(?: (?:on|about|of|for|from|regarding|concerning|where|in which|in|with|that (?:mentions?|says)))?`,
	`(?:give|get|show|send|quote|find|paste|read|cite) (?:me |us )?(?:the |his |an? |some |that |one )*`+texts+`(?: (?:on|about|of|for|from|regarding|concerning|where|in which|in|with))?`,
	`(?:i |we )?need (?:the |an? |some |something )*(?:punchy |short |good |strong |nice )*(?:`+texts+`|quotable|soundbite|to (?:quote|cite))(?: (?:on|about|of|for|from|regarding|concerning))?`,
	`word[- ]for[- ]word`, `verbatim`, `letter by letter`, `to the letter`, `literally`, `in full`,
	`exactly as (?:it (?:stands|appears|is written|was said)|printed|written|said|quoted)`,
	`(?:in|using) (?:his|her|their|[\p{L}-]+'s) (?:own |exact )?words`,
	`as (?:a )?quoted in the (?:text|article|piece|story)`, `as a quote`, `no paraphras(?:e|ing)`, `i have to cite it`,
)

var otherFrames = compile(
	`(?:something |anything )?for (?:my|our|the|a|an|this|his) (?:\w+ )?`+works,
	`(?:i am|i'm|im|we are|we're) (?:writing|preparing|working on|doing|making|checking) [^,:;.?!]{0,50}[,:;.]`,
	`(?:hello|hi|hey|yo|heya|hiya|good (?:morning|evening|afternoon|day))(?: (?:there|bot|all|everyone|guys|team))?[,.!]`,
	`(?:my|the) (?:students?|pupils?|boss|editor|class|kids?|teacher|friend|colleague|buddy|mate|dad|mom|mum|brother|sister|coworker) (?:asks?|asked|wants? to know|wonders?)[,:]?`,
	`(?:an? |my |the )?(?:friend|colleague|somebody|someone|buddy|mate|guy|commenter|people|they|boss|coworker|reader)(?: (?:on|in|at) [\w ]{1,20})? (?:says?|said|claims?|claimed|insists?|swears?|told me|thinks?|reckons?|keeps? saying)(?: that)?[,:]?`,
	`i (?:heard|read|saw|was told|think|thought|believe|guess)(?: somewhere)?(?: that)?[,:]?`,
	`is it (?:true|correct|right) that`, `(?:is|was) (?:that|this|it) (?:right|true|correct|accurate|so)`,
	`(?:quick|one|genuine|serious|honest|dumb|stupid|silly) question[,:]?`, `just (?:wondering|curious)[,:]?`, `asking for a friend`,
	`for the record[,:]?`, `fact ?check[,:]?`, `sorry[, ]`, `lemme guess[,:]?`, `let me guess[,:]?`, `surely[, ]`,
	`(?:according to|in|from|per|based on) (?:the|this|that) (?:article|piece|text|story|report|write-?up|page)`,
	`does (?:the|this|that) (?:article|piece|text|story|report)(?: ever| even| actually)? (?:say|mention|state|claim|assert|tell us|suggest|acknowledge|admit)(?: that| whether| if| anything about)?`,
	`(?:can|could|would|will) you (?:please )?(?:tell me|explain|say|remind me)?`, `(?:please )?(?:tell|remind) (?:me|us)(?: about)?`, `i (?:want|need|would like|'d like) to know`, `i wonder(?: if| whether)?`, `do (?:you|u) know(?: if| whether)?`,
	`please`, `pls`, `plz`, `thanks`, `thank you`, `thx`, `lol`, `lmao`, `haha+`, `tbh`, `ngl`, `bro`, `bruh`, `dude`, `fam`, `lowkey`, `fr fr`, `like`, `basically`, `literally`, `actually`, `exactly`, `again`,
)

// whoSays asks for a speaker, but its words say of what.
var whoSays = regexp.MustCompile(`^(?:so |and |wait,? )?who (?:actually |really |ever )?(?:said|says|claimed|claims|argued|called|calls|wrote|stated)\b`)

// theSource is the source itself and nothing else.
var theSource = regexp.MustCompile(`^[ ,.?!]*(?:whole |entire )?(?:article|piece|story|text|report|write-?up|post)[ ,.?!]*$`)

// compile joins alternatives, the longest match first, into expressions that
// match whole words. They are compiled where they are first wanted: most questions do not, and
// every start would wait for them.
func compile(alternatives ...string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		re := regexp.MustCompile(`(?:^|\b)(?:` + strings.Join(alternatives, "|") + `)(?:\b|\s|$)`)
		re.Longest()
		return re
	})
}

// Without one of these words no frame of the kind matches, and its expression,
// which costs more than all else but the classifier, need not be tried.
var (
	attributionCues = words.Set(`word words wording quote quotes quotation claim opinion view phrase phrasing statement reporter journalist author
		writer article paper outlet editor newspaper text piece whose who whom says paraphrase paraphrased paraphrases verbatim literally
		quoted attribute attributed attributable credit credited print pin direct indirect reported marks commas then`)
	wordingCues = words.Set(`word words wording sentence sentences quote quotes quotation quotations line lines phrase phrasing phrases phrasings
		passage passages statement statements text verbatim letter literally full exactly soundbite quotable cite paraphrase paraphrasing quoted`)
)

func anyOf(tokens []words.Token, cues map[string]bool) bool {
	return slices.ContainsFunc(tokens, func(t words.Token) bool { return cues[t.Word] })
}

// frameOf reads the frames of a question, whose tokens are known.
func frameOf(text string, tokens []words.Token) frame {
	f := frame{rest: words.Fold(text)}
	strip := func(re func() *regexp.Regexp) bool {
		if rest := re().ReplaceAllString(f.rest, " "); rest != f.rest {
			f.rest, f.stripped = rest, true
			return true
		}
		return false
	}
	whole := f.rest
	f.attribution = anyOf(tokens, attributionCues) && strip(attributionFrames) || whoSays.MatchString(f.rest)
	if f.attribution && anyOf(tokens, writing) && theSource.MatchString(f.rest) {
		f = frame{rest: whole} // who wrote the article, not whose words these are
	}
	f.wording = anyOf(tokens, wordingCues) && strip(wordingFrames)
	strip(otherFrames)
	f.rest = strings.Join(strings.Fields(f.rest), " ")
	f.rest = strings.Trim(f.rest, " ,;:.?!-–—")
	return f
}
