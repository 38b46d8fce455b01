// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/keyboard_layout.h"

/*
 * First the keyboards, then languages that have none of their own. Identifiers are those of
 * Windows' "Keyboard identifiers and input method editors" page; names are xkeyboard-config's.
 * Input method editors (E0...) appear as the keyboard under them.
 */
static const struct keyboard_layout layouts[] = {
	{0x00000401, "ara", ""}, /* Arabic (101) */
	{0x00010401, "ara", ""}, /* Arabic (102) */
	{0x00020401, "ara", "azerty"}, /* Arabic (102) AZERTY */
	{0x00000402, "bg", "bekl"}, /* Bulgarian (typewriter) */
	{0x00010402, "us", ""}, /* Bulgarian (Latin) */
	{0x00020402, "bg", "phonetic"},
	{0x00030402, "bg", ""},
	{0x00040402, "bg", "phonetic"},
	{0x00000404, "tw", ""},
	{0x00000405, "cz", ""},
	{0x00010405, "cz", "qwerty"},
	{0x00020405, "cz", "ucw"}, /* Czech programmers */
	{0x00000406, "dk", ""},
	{0x00000407, "de", ""},
	{0x00010407, "de", ""}, /* German (IBM) */
	{0x00020407, "de", "e1"},
	{0x00030407, "de", "e2"},
	{0x00000408, "gr", ""},
	{0x00010408, "gr", ""},
	{0x00020408, "gr", "simple"},
	{0x00030408, "gr", ""},
	{0x00040408, "gr", "simple"},
	{0x00050408, "us", ""}, /* Greek Latin */
	{0x00060408, "gr", "polytonic"},
	{0x00000409, "us", ""},
	{0x00010409, "us", "dvorak"},
	{0x00020409, "us", "intl"},
	{0x00030409, "us", "dvorak-l"},
	{0x00040409, "us", "dvorak-r"},
	{0x00050409, "us", ""},
	{0x00060409, "us", "colemak"},
	{0x0000040a, "es", ""},
	{0x0001040a, "es", ""}, /* Spanish variation */
	{0x0000040b, "fi", "classic"},
	{0x0001040b, "fi", "smi"},
	{0x0000040c, "fr", "azerty"},
	{0x0001040c, "fr", "afnor"},
	{0x0002040c, "fr", "bepo_afnor"},
	{0x0000040d, "il", ""},
	{0x0002040d, "il", ""},
	{0x0003040d, "il", "si2"},
	{0x0000040e, "hu", ""},
	{0x0001040e, "hu", "101_qwerty_comma_dead"},
	{0x0000040f, "is", ""},
	{0x00000410, "it", ""},
	{0x00010410, "it", ""}, /* Italian (142) */
	{0x00000411, "jp", ""},
	{0x00000412, "kr", ""},
	{0x00000413, "nl", ""},
	{0x00000414, "no", ""},
	{0x00000415, "pl", ""}, /* Polish (programmers) */
	{0x00010415, "pl", "qwertz"}, /* Polish (214) */
	{0x00000416, "br", ""},
	{0x00010416, "br", ""},
	{0x00000417, "ch", ""}, /* Romansh */
	{0x00000418, "ro", "winkeys"}, /* Romanian (legacy) */
	{0x00010418, "ro", ""},
	{0x00020418, "ro", "std"},
	{0x00000419, "ru", ""},
	{0x00010419, "ru", "typewriter"},
	{0x00020419, "ru", "phonetic"},
	{0x0000041a, "hr", ""},
	{0x0000041b, "sk", ""},
	{0x0001041b, "sk", "qwerty"},
	{0x0000041c, "al", ""},
	{0x0000041d, "se", ""},
	{0x0000041e, "th", ""}, /* Thai Kedmanee */
	{0x0001041e, "th", "pat"},
	{0x0002041e, "th", ""},
	{0x0003041e, "th", "pat"},
	{0x0000041f, "tr", ""},
	{0x0001041f, "tr", "f"},
	{0x00000420, "pk", ""}, /* Urdu */
	{0x00000421, "us", ""}, /* Indonesian */
	{0x00000422, "ua", ""},
	{0x00020422, "ua", "winkeys"},
	{0x00000423, "by", ""},
	{0x00000424, "si", ""},
	{0x00000425, "ee", ""},
	{0x00000426, "lv", "apostrophe"},
	{0x00010426, "lv", ""}, /* Latvian (QWERTY) */
	{0x00020426, "lv", "modern"},
	{0x00000427, "lt", "ibm"},
	{0x00010427, "lt", ""},
	{0x00020427, "lt", "std"},
	{0x00000428, "tj", ""},
	{0x00000429, "ir", ""},
	{0x00050429, "ir", "winkeys"},
	{0x0000042a, "vn", ""},
	{0x0000042b, "am", "eastern"},
	{0x0001042b, "am", "western"},
	{0x0002042b, "am", "phonetic"},
	{0x0003042b, "am", ""},
	{0x0000042c, "az", ""}, /* Azeri Latin */
	{0x0001042c, "az", ""},
	{0x0000042e, "de", ""}, /* Upper Sorbian */
	{0x0001042e, "de", ""},
	{0x0002042e, "de", ""},
	{0x0000042f, "mk", ""},
	{0x0001042f, "mk", ""},
	{0x00000432, "bw", ""}, /* Setswana */
	{0x00000437, "ge", ""},
	{0x00010437, "ge", "ergonomic"},
	{0x00020437, "ge", ""},
	{0x00030437, "ge", ""},
	{0x00040437, "ge", ""},
	{0x00000438, "fo", ""},
	{0x00000439, "in", ""}, /* Devanagari INSCRIPT */
	{0x00010439, "in", ""},
	{0x0000043a, "mt", ""},
	{0x0001043a, "mt", "us"},
	{0x0000043b, "no", "smi"},
	{0x0001043b, "no", "smi"},
	{0x0000043f, "kz", ""},
	{0x00000440, "kg", ""},
	{0x00000442, "tm", ""},
	{0x00000444, "ru", "tt"},
	{0x00010444, "ru", "tt"},
	{0x00000445, "in", "ben"}, /* Bangla, India */
	{0x00010445, "in", "ben"},
	{0x00020445, "in", "ben"},
	{0x00000446, "in", "guru"},
	{0x00000447, "in", "guj"},
	{0x00000448, "in", "ori"},
	{0x00000449, "in", "tam"},
	{0x00020449, "in", "tam"},
	{0x00030449, "in", "tam"},
	{0x0000044a, "in", "tel"},
	{0x0000044b, "in", "kan"},
	{0x0000044c, "in", "mal"},
	{0x0000044d, "in", "asm-kagapa"},
	{0x0000044e, "in", "marathi"},
	{0x00000450, "mn", ""},
	{0x00000451, "cn", "tib"},
	{0x00010451, "cn", "tib"},
	{0x00000452, "gb", ""}, /* United Kingdom extended (Welsh) */
	{0x00000453, "kh", ""},
	{0x00010453, "kh", ""},
	{0x00000454, "la", ""},
	{0x0000045a, "sy", "syc"},
	{0x0001045a, "sy", "syc_phonetic"},
	{0x0000045b, "lk", ""},
	{0x0001045b, "lk", ""},
	{0x0000045c, "us", "chr"},
	{0x0001045c, "us", "chr"},
	{0x0000045d, "ca", "ike"},
	{0x0001045d, "ca", "ike"},
	{0x00000461, "np", ""},
	{0x00000463, "af", "ps"},
	{0x00000465, "mv", ""},
	{0x00010465, "mv", ""},
	{0x00000468, "ng", "hausa"},
	{0x0000046a, "ng", "yoruba"},
	{0x0000046c, "za", ""},
	{0x0000046d, "ru", "bak"},
	{0x0000046e, "ch", "fr"}, /* Luxembourgish uses the Swiss French keyboard */
	{0x0000046f, "dk", ""}, /* Greenlandic */
	{0x00000470, "ng", "igbo"},
	{0x00000475, "us", "haw"},
	{0x00000480, "cn", "ug"},
	{0x00010480, "cn", "ug"},
	{0x00000481, "nz", "mao"},
	{0x00000485, "ru", "sah"},
	{0x00000488, "sn", ""},
	{0x00000492, "iq", "ku"},
	{0x00000804, "cn", ""},
	{0x00000807, "ch", ""},
	{0x00000809, "gb", ""},
	{0x00010809, "gb", "extd"},
	{0x0000080a, "latam", ""},
	{0x0001080a, "latam", ""},
	{0x0000080c, "be", ""},
	{0x0001080c, "be", ""},
	{0x00000813, "be", ""},
	{0x00010813, "be", ""},
	{0x00000816, "pt", ""},
	{0x0000081a, "rs", "latin"},
	{0x0000082c, "az", "cyrillic"},
	{0x0000083b, "se", "smi"},
	{0x0001083b, "fi", "smi"},
	{0x00000843, "uz", ""},
	{0x00000850, "mn", ""},
	{0x0000085d, "ca", "ike"},
	{0x0000085f, "dz", "ber"},
	{0x0001085f, "dz", "ber"},
	{0x00000c04, "us", ""}, /* Chinese, Hong Kong */
	{0x00000c0c, "ca", "fr-legacy"},
	{0x00010c0c, "ca", "fr-legacy"},
	{0x00000c1a, "rs", ""},
	{0x00011009, "ca", "multix"}, /* Canadian multilingual standard */
	{0x00001009, "ca", ""}, /* Canadian French */
	{0x00021009, "ca", "multix"},
	{0x0000100c, "ch", "fr"},
	{0x0000105f, "ma", "tifinagh"},
	{0x0001105f, "ma", "tifinagh-extended"},
	{0x00001404, "us", ""}, /* Chinese, Macao */
	{0x00001004, "us", ""}, /* Chinese, Singapore */
	{0x00001809, "ie", ""},
	{0x00011809, "ie", "ogam"},
	{0x0000201a, "ba", ""}, /* Bosnian Cyrillic */
	/* Languages without a keyboard of their own: Windows gives them one of these. */
	{0x00000c07, "at", ""},
	{0x00001007, "de", ""}, /* German, Luxembourg */
	{0x00001407, "ch", ""}, /* German, Liechtenstein */
	{0x00000801, "ara", ""},
	{0x00000c01, "ara", ""},
	{0x00001001, "ara", ""},
	{0x00001401, "dz", "azerty-deadkeys"},
	{0x00001801, "ma", ""},
	{0x00001c01, "ara", "azerty"},
	{0x00002001, "ara", ""},
	{0x00002401, "ara", ""},
	{0x00002801, "sy", ""},
	{0x00002c01, "ara", ""},
	{0x00003001, "ara", ""},
	{0x00003401, "ara", ""},
	{0x00003801, "ara", ""},
	{0x00003c01, "ara", ""},
	{0x00004001, "ara", ""},
	{0x00000c09, "us", ""}, /* English, Australia */
	{0x00001409, "us", ""}, /* English, New Zealand */
	{0x00001c09, "za", ""}, /* English, South Africa */
	{0x00004009, "in", "eng"},
	{0x00000c0a, "es", ""}, /* Spanish, modern sort */
	{0x0000100a, "latam", ""},
	{0x0000140a, "latam", ""},
	{0x0000180a, "latam", ""},
	{0x00001c0a, "latam", ""},
	{0x0000200a, "latam", ""},
	{0x0000240a, "latam", ""},
	{0x0000280a, "latam", ""},
	{0x00002c0a, "latam", ""},
	{0x0000300a, "latam", ""},
	{0x0000340a, "latam", ""},
	{0x0000380a, "latam", ""},
	{0x00003c0a, "latam", ""},
	{0x0000400a, "latam", ""},
	{0x0000440a, "latam", ""},
	{0x0000480a, "latam", ""},
	{0x00004c0a, "latam", ""},
	{0x0000500a, "latam", ""},
	{0x0000540a, "us", "intl"}, /* Spanish, United States */
	{0x0000140c, "ch", "fr"}, /* French, Luxembourg */
	{0x0000180c, "fr", ""}, /* French, Monaco */
	{0x00000810, "ch", ""}, /* Italian, Switzerland */
	{0x00000814, "no", ""}, /* Norwegian Nynorsk */
	{0x0000081d, "se", ""}, /* Swedish, Finland */
	{0x00000403, "es", "cat"},
	{0x0000042d, "es", ""}, /* Basque */
	{0x00000456, "es", ""}, /* Galician */
	{0x00000436, "za", ""}, /* Afrikaans */
	{0x00000434, "za", ""}, /* isiXhosa */
	{0x00000435, "za", ""}, /* isiZulu */
	{0x0000043e, "us", ""}, /* Malay */
	{0x00000441, "ke", ""}, /* Kiswahili */
	{0x0000045e, "et", ""}, /* Amharic */
	{0x00000462, "nl", ""}, /* Frisian */
	{0x00000464, "ph", ""}, /* Filipino */
	{0x0000047e, "fr", "bre"}, /* Breton */
	{0x00000482, "fr", "oci"}, /* Occitan */
	{0x00000484, "fr", ""}, /* Alsatian */
	{0x00000483, "fr", ""}, /* Corsican */
	{0x0000048c, "af", ""}, /* Dari */
	{0x00000491, "gb", ""}, /* Scottish Gaelic */
	{0x0000083c, "ie", ""}, /* Irish */
	{0x00000845, "bd", ""}, /* Bangla, Bangladesh */
	{0x0000101a, "hr", ""}, /* Croatian, Bosnia */
	{0x0000141a, "ba", "us"}, /* Bosnian Latin */
	{0x0000181a, "rs", "latin"},
	{0x00001c1a, "rs", ""},
	{0x0000241a, "rs", "latin"},
	{0x0000281a, "rs", ""},
	{0x00002c1a, "me", ""},
	{0x0000301a, "me", "cyrillic"},
};

#define FIRST_COUNTRY 0x0400
#define PRIMARY_LANGUAGE 0x03ff

#define LAYOUT_COUNT (sizeof(layouts) / sizeof(layouts[0]))

const struct keyboard_layout *keyboard_layout_table(size_t *count)
{
	*count = LAYOUT_COUNT;
	return layouts;
}

static const struct keyboard_layout *find_exact(uint32_t id)
{
	for (size_t i = 0; i < LAYOUT_COUNT; i++) {
		if (layouts[i].id == id) {
			return &layouts[i];
		}
	}
	return NULL;
}

const struct keyboard_layout *keyboard_layout_find(uint32_t id)
{
	const struct keyboard_layout *exact = find_exact(id);
	if (exact != NULL) {
		return exact;
	}
	/* Substituted layouts (0xd0000000 and up) and input method editors keep the language there.
	 */
	exact = find_exact(id & 0xffff);
	/* The language as it is spoken in the first of its countries (MS-LCID 2.2). */
	return exact != NULL ? exact : find_exact(FIRST_COUNTRY | (id & PRIMARY_LANGUAGE));
}
