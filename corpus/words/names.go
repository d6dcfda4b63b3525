package words

// The lists are closed: what they do not hold is judged by its surroundings.
var (
	personTitles = Set(`mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess president vice chancellor governor senator sen rep gov gen general
		colonel col captain capt lieutenant lt major admiral sergeant sgt pope father saint st bishop archbishop rev reverend pastor emperor empress duke duchess
		earl count countess baron chief judge justice coach secretary minister mayor sheikh sultan khan ceo chairman`)

	organisationWords = Set(`inc incorporated corp corporation company co ltd llc plc gmbh group holdings university college institute institution school academy party church
		association commission committee council society foundation federation union cooperative league club network broadcasting channel station bank trust museum
		agency department ministry bureau office administration army navy force forces congress senate parliament court house team studios studio pictures records press
		times post journal board authority service services system systems airlines airways motors industries laboratories technologies brothers partners fund news
		entertainment communications media orchestra police conference nations alliance organization organisation programme program initiative coalition`)

	placeWords = Set(`river lake mount mountain mountains city town county street avenue road square bridge island islands isle valley park sea ocean bay gulf coast desert
		castle palace stadium arena field hall cathedral abbey tower hill hills peninsula province state states district region beach harbor harbour airport
		canyon cape falls forest plains plateau port republic kingdom empire territory village hotel building theatre theater gallery garden gardens centre center`)

	places = Set(`africa america asia europe antarctica australia oceania argentina austria belgium brazil britain england scotland wales ireland canada chile china
		colombia cuba denmark egypt ethiopia finland france germany ghana greece hungary iceland india indonesia iran iraq israel italy japan jordan kenya korea
		lebanon malaysia mexico morocco netherlands nigeria norway pakistan peru philippines poland portugal romania russia rwanda somalia spain sudan sweden
		switzerland syria taiwan tanzania thailand tunisia turkey uganda ukraine venezuela vietnam zambia zimbabwe u.s usa u.k uk london paris berlin rome
		madrid vienna moscow beijing tokyo delhi mumbai cairo lagos nairobi sydney toronto york chicago boston washington california texas florida
		virginia carolina georgia ohio michigan illinois pennsylvania colorado arizona nevada oregon alaska hawaii hollywood prague budapest warsaw dublin lisbon
		amsterdam brussels geneva zurich stockholm oslo copenhagen helsinki athens istanbul jerusalem dubai singapore shanghai seoul bangkok manila jakarta`)

	givenNames = Set(`james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth
		kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory
		frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy harold keith christian
		roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph
		randy eugene vincent russell louis philip bobby johnny bradley mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty
		margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela
		shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia
		joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances
		kathryn janice jean alice abigail julia judy sophia grace denise amber marilyn danielle beverly isabella theresa diana natalie charlotte marie
		kayla alexis martin hans karl fritz otto ludwig johann johannes friedrich wilhelm heinrich georg franz pierre jacques jean-paul francois claude antoine
		luis carlos miguel pedro pablo fernando antonio giovanni giuseppe marco luigi ivan boris vladimir nikolai nikola dmitri mohammed muhammad ahmed ali omar
		hassan ibrahim abdul wei li chen yuki hiroshi kenji raj priya amit sanjay ravi fatima aisha tom tim bill bob jim mike dave steve chris matt dan ben sam
		nick alex tony ted fred ed max leo oscar hugo felix simon oliver harry lewis neil ian graham stuart colin nigel trevor derek barry craig glen kate jane
		lucy ellen rose clara eva nina sofia elena irene marta ada ida vera nora anne isaac elon sundar satya tim jeff larry sergey`)
)

// Title reports whether a word stands before the name of a person ("dr",
// "senator", "ceo"). It takes words in small letters, as the others here do.
func Title(word string) bool { return personTitles[word] }

// Organisation reports whether a word belongs to the names of organisations
// ("university").
func Organisation(word string) bool { return organisationWords[word] }

// Place reports whether a word belongs to the names of places ("river"), or is
// one: a continent, a country, a large city.
func Place(word string) bool { return placeWords[word] || places[word] }

// Territory reports whether a word is by itself the name of a continent, a country or a large
// city.
func Territory(word string) bool { return places[word] }

// GivenName reports whether a word is a common given name.
func GivenName(word string) bool { return givenNames[word] }
