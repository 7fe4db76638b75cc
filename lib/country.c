/*
 * Names of countries and their ISO 3166 codes.  Source: iso3166.tab of the
 * IANA time zone database, alpha-3 codes and the names people write instead.
 */
#include "country.h"

#include <string.h>

#include "buf.h"
#include "phone.h"
#include "text.h"

/* clang-format off */
static const struct {
	const char *name, *code;
} table[] = {
	{ "abw", "AW" }, { "afg", "AF" }, { "afghanistan", "AF" },
	{ "ago", "AO" }, { "aia", "AI" }, { "ala", "AX" },
	{ "aland islands", "AX" }, { "alb", "AL" }, { "albania", "AL" },
	{ "algeria", "DZ" }, { "america", "US" }, { "american samoa", "AS" },
	{ "and", "AD" }, { "andorra", "AD" }, { "angola", "AO" },
	{ "anguilla", "AI" }, { "antarctica", "AQ" },
	{ "antigua and barbuda", "AG" }, { "are", "AE" }, { "arg", "AR" },
	{ "argentina", "AR" }, { "arm", "AM" }, { "armenia", "AM" },
	{ "aruba", "AW" }, { "asm", "AS" }, { "atg", "AG" }, { "aus", "AU" },
	{ "australia", "AU" }, { "austria", "AT" }, { "aut", "AT" },
	{ "aze", "AZ" }, { "azerbaijan", "AZ" }, { "bahamas", "BS" },
	{ "bahrain", "BH" }, { "bangladesh", "BD" }, { "barbados", "BB" },
	{ "bdi", "BI" }, { "bel", "BE" }, { "belarus", "BY" },
	{ "belgie", "BE" }, { "belgique", "BE" }, { "belgium", "BE" },
	{ "belize", "BZ" }, { "ben", "BJ" }, { "benin", "BJ" },
	{ "bermuda", "BM" }, { "bfa", "BF" }, { "bgd", "BD" },
	{ "bgr", "BG" }, { "bhr", "BH" }, { "bhs", "BS" },
	{ "bhutan", "BT" }, { "bih", "BA" }, { "blr", "BY" },
	{ "blz", "BZ" }, { "bmu", "BM" }, { "bol", "BO" },
	{ "bolivia", "BO" }, { "bolivia, plurinational state of", "BO" },
	{ "bosnia", "BA" }, { "bosnia and herzegovina", "BA" },
	{ "botswana", "BW" }, { "bouvet island", "BV" }, { "bra", "BR" },
	{ "brasil", "BR" }, { "brazil", "BR" }, { "brb", "BB" },
	{ "britain", "GB" }, { "british indian ocean territory", "IO" },
	{ "british virgin islands", "VG" }, { "brn", "BN" },
	{ "brunei", "BN" }, { "brunei darussalam", "BN" }, { "btn", "BT" },
	{ "bulgaria", "BG" }, { "burkina faso", "BF" }, { "burma", "MM" },
	{ "burundi", "BI" }, { "bwa", "BW" }, { "cabo verde", "CV" },
	{ "caf", "CF" }, { "cambodia", "KH" }, { "cameroon", "CM" },
	{ "can", "CA" }, { "canada", "CA" }, { "cape verde", "CV" },
	{ "caribbean netherlands", "BQ" }, { "cayman islands", "KY" },
	{ "central african rep.", "CF" }, { "cesko", "CZ" },
	{ "chad", "TD" }, { "che", "CH" }, { "chile", "CL" },
	{ "china", "CN" }, { "chl", "CL" }, { "chn", "CN" },
	{ "christmas island", "CX" }, { "civ", "CI" }, { "cmr", "CM" },
	{ "cocos islands", "CC" }, { "cod", "CD" }, { "cog", "CG" },
	{ "col", "CO" }, { "colombia", "CO" }, { "com", "KM" },
	{ "comoros", "KM" }, { "congo", "CG" }, { "cook islands", "CK" },
	{ "costa rica", "CR" }, { "cote d'ivoire", "CI" }, { "cpv", "CV" },
	{ "cri", "CR" }, { "croatia", "HR" }, { "cub", "CU" },
	{ "cuba", "CU" }, { "curacao", "CW" }, { "cuw", "CW" },
	{ "cym", "KY" }, { "cyp", "CY" }, { "cyprus", "CY" },
	{ "cze", "CZ" }, { "czech republic", "CZ" }, { "czechia", "CZ" },
	{ "danmark", "DK" }, { "democratic republic of the congo", "CD" },
	{ "denmark", "DK" }, { "deu", "DE" }, { "deutschland", "DE" },
	{ "dji", "DJ" }, { "djibouti", "DJ" }, { "dma", "DM" },
	{ "dnk", "DK" }, { "dom", "DO" }, { "dominica", "DM" },
	{ "dominican republic", "DO" }, { "dr congo", "CD" },
	{ "dza", "DZ" }, { "east timor", "TL" }, { "ecu", "EC" },
	{ "ecuador", "EC" }, { "egy", "EG" }, { "egypt", "EG" },
	{ "eire", "IE" }, { "el salvador", "SV" }, { "england", "GB" },
	{ "equatorial guinea", "GQ" }, { "eri", "ER" }, { "eritrea", "ER" },
	{ "esp", "ES" }, { "espana", "ES" }, { "est", "EE" },
	{ "estonia", "EE" }, { "eswatini", "SZ" }, { "eth", "ET" },
	{ "ethiopia", "ET" }, { "falkland islands", "FK" },
	{ "faroe islands", "FO" }, { "fiji", "FJ" }, { "fin", "FI" },
	{ "finland", "FI" }, { "fji", "FJ" }, { "fra", "FR" },
	{ "france", "FR" }, { "french guiana", "GF" },
	{ "french polynesia", "PF" },
	{ "french southern territories", "TF" }, { "gab", "GA" },
	{ "gabon", "GA" }, { "gambia", "GM" }, { "gbr", "GB" },
	{ "geo", "GE" }, { "georgia", "GE" }, { "germany", "DE" },
	{ "gha", "GH" }, { "ghana", "GH" }, { "gib", "GI" },
	{ "gibraltar", "GI" }, { "gin", "GN" }, { "glp", "GP" },
	{ "gmb", "GM" }, { "gnq", "GQ" }, { "grc", "GR" }, { "grd", "GD" },
	{ "great britain", "GB" }, { "greece", "GR" }, { "greenland", "GL" },
	{ "grenada", "GD" }, { "grl", "GL" }, { "gtm", "GT" },
	{ "guadeloupe", "GP" }, { "guam", "GU" }, { "guatemala", "GT" },
	{ "guernsey", "GG" }, { "guinea", "GN" }, { "guinea-bissau", "GW" },
	{ "gum", "GU" }, { "guy", "GY" }, { "guyana", "GY" },
	{ "haiti", "HT" }, { "heard and mcdonald islands", "HM" },
	{ "hellas", "GR" }, { "hkg", "HK" }, { "hnd", "HN" },
	{ "holland", "NL" }, { "holy see", "VA" }, { "honduras", "HN" },
	{ "hong kong", "HK" }, { "hong kong sar", "HK" }, { "hrv", "HR" },
	{ "hti", "HT" }, { "hun", "HU" }, { "hungary", "HU" },
	{ "iceland", "IS" }, { "idn", "ID" }, { "ind", "IN" },
	{ "india", "IN" }, { "indonesia", "ID" }, { "iran", "IR" },
	{ "iran, islamic republic of", "IR" }, { "iraq", "IQ" },
	{ "ireland", "IE" }, { "irl", "IE" }, { "irn", "IR" },
	{ "irq", "IQ" }, { "isl", "IS" }, { "isle of man", "IM" },
	{ "isr", "IL" }, { "israel", "IL" }, { "ita", "IT" },
	{ "italia", "IT" }, { "italy", "IT" }, { "ivory coast", "CI" },
	{ "jam", "JM" }, { "jamaica", "JM" }, { "japan", "JP" },
	{ "jersey", "JE" }, { "jor", "JO" }, { "jordan", "JO" },
	{ "jpn", "JP" }, { "kaz", "KZ" }, { "kazakhstan", "KZ" },
	{ "ken", "KE" }, { "kenya", "KE" }, { "kgz", "KG" }, { "khm", "KH" },
	{ "kiribati", "KI" }, { "kor", "KR" }, { "korea", "KR" },
	{ "korea, republic of", "KR" }, { "kuwait", "KW" }, { "kwt", "KW" },
	{ "kyrgyzstan", "KG" }, { "lao", "LA" },
	{ "lao people's democratic republic", "LA" }, { "laos", "LA" },
	{ "latvia", "LV" }, { "lbn", "LB" }, { "lbr", "LR" },
	{ "lby", "LY" }, { "lebanon", "LB" }, { "lesotho", "LS" },
	{ "liberia", "LR" }, { "libya", "LY" }, { "lie", "LI" },
	{ "liechtenstein", "LI" }, { "lithuania", "LT" }, { "lka", "LK" },
	{ "ltu", "LT" }, { "lux", "LU" }, { "luxembourg", "LU" },
	{ "luxemburg", "LU" }, { "lva", "LV" }, { "mac", "MO" },
	{ "macao", "MO" }, { "macau", "MO" }, { "macedonia", "MK" },
	{ "madagascar", "MG" }, { "magyarorszag", "HU" }, { "malawi", "MW" },
	{ "malaysia", "MY" }, { "maldives", "MV" }, { "mali", "ML" },
	{ "malta", "MT" }, { "mar", "MA" }, { "marshall islands", "MH" },
	{ "martinique", "MQ" }, { "mauritania", "MR" },
	{ "mauritius", "MU" }, { "mayotte", "YT" }, { "mco", "MC" },
	{ "mda", "MD" }, { "mdg", "MG" }, { "mdv", "MV" }, { "mex", "MX" },
	{ "mexico", "MX" }, { "micronesia", "FM" }, { "mli", "ML" },
	{ "mlt", "MT" }, { "mmr", "MM" }, { "mne", "ME" }, { "mng", "MN" },
	{ "moldova", "MD" }, { "moldova, republic of", "MD" },
	{ "monaco", "MC" }, { "mongolia", "MN" }, { "montenegro", "ME" },
	{ "montserrat", "MS" }, { "morocco", "MA" }, { "moz", "MZ" },
	{ "mozambique", "MZ" }, { "mrt", "MR" }, { "mtq", "MQ" },
	{ "mus", "MU" }, { "mwi", "MW" }, { "myanmar", "MM" },
	{ "mys", "MY" }, { "nam", "NA" }, { "namibia", "NA" },
	{ "nauru", "NR" }, { "ncl", "NC" }, { "nederland", "NL" },
	{ "nepal", "NP" }, { "ner", "NE" }, { "netherlands", "NL" },
	{ "new caledonia", "NC" }, { "new zealand", "NZ" }, { "nga", "NG" },
	{ "nic", "NI" }, { "nicaragua", "NI" }, { "niger", "NE" },
	{ "nigeria", "NG" }, { "nippon", "JP" }, { "niue", "NU" },
	{ "nld", "NL" }, { "nor", "NO" }, { "norfolk island", "NF" },
	{ "norge", "NO" }, { "north korea", "KP" },
	{ "north macedonia", "MK" }, { "northern ireland", "GB" },
	{ "northern mariana islands", "MP" }, { "norway", "NO" },
	{ "npl", "NP" }, { "nzl", "NZ" }, { "oman", "OM" }, { "omn", "OM" },
	{ "osterreich", "AT" }, { "pak", "PK" }, { "pakistan", "PK" },
	{ "palau", "PW" }, { "palestine", "PS" },
	{ "palestinian territories", "PS" }, { "pan", "PA" },
	{ "panama", "PA" }, { "papua new guinea", "PG" },
	{ "paraguay", "PY" }, { "people's republic of china", "CN" },
	{ "per", "PE" }, { "peru", "PE" }, { "philippines", "PH" },
	{ "phl", "PH" }, { "pitcairn", "PN" }, { "png", "PG" },
	{ "pol", "PL" }, { "poland", "PL" }, { "polska", "PL" },
	{ "portugal", "PT" }, { "prc", "CN" }, { "pri", "PR" },
	{ "prt", "PT" }, { "pry", "PY" }, { "puerto rico", "PR" },
	{ "qat", "QA" }, { "qatar", "QA" }, { "republic of ireland", "IE" },
	{ "republic of korea", "KR" }, { "republic of the congo", "CG" },
	{ "reu", "RE" }, { "reunion", "RE" }, { "romania", "RO" },
	{ "rou", "RO" }, { "roumania", "RO" }, { "rus", "RU" },
	{ "russia", "RU" }, { "russian federation", "RU" }, { "rwa", "RW" },
	{ "rwanda", "RW" }, { "saint barthelemy", "BL" },
	{ "saint helena", "SH" }, { "saint kitts and nevis", "KN" },
	{ "saint lucia", "LC" }, { "saint martin", "MF" },
	{ "saint pierre and miquelon", "PM" },
	{ "saint vincent and the grenadines", "VC" }, { "samoa", "WS" },
	{ "san marino", "SM" }, { "sao tome and principe", "ST" },
	{ "sau", "SA" }, { "saudi arabia", "SA" }, { "schweiz", "CH" },
	{ "scotland", "GB" }, { "sdn", "SD" }, { "sen", "SN" },
	{ "senegal", "SN" }, { "serbia", "RS" }, { "seychelles", "SC" },
	{ "sgp", "SG" }, { "sierra leone", "SL" }, { "singapore", "SG" },
	{ "sint maarten", "SX" }, { "sle", "SL" },
	{ "slovak republic", "SK" }, { "slovakia", "SK" },
	{ "slovenia", "SI" }, { "slv", "SV" }, { "solomon islands", "SB" },
	{ "som", "SO" }, { "somalia", "SO" }, { "south africa", "ZA" },
	{ "south georgia and the south sandwich islands", "GS" },
	{ "south korea", "KR" }, { "south sudan", "SS" }, { "spain", "ES" },
	{ "srb", "RS" }, { "sri lanka", "LK" }, { "sudan", "SD" },
	{ "suisse", "CH" }, { "suomi", "FI" }, { "sur", "SR" },
	{ "suriname", "SR" }, { "svalbard and jan mayen", "SJ" },
	{ "sverige", "SE" }, { "svizzera", "CH" }, { "svk", "SK" },
	{ "svn", "SI" }, { "swaziland", "SZ" }, { "swe", "SE" },
	{ "sweden", "SE" }, { "switzerland", "CH" }, { "syc", "SC" },
	{ "syr", "SY" }, { "syria", "SY" }, { "syrian arab republic", "SY" },
	{ "taiwan", "TW" }, { "tajikistan", "TJ" }, { "tanzania", "TZ" },
	{ "tanzania, united republic of", "TZ" }, { "tcd", "TD" },
	{ "tgo", "TG" }, { "tha", "TH" }, { "thailand", "TH" },
	{ "the bahamas", "BS" }, { "the gambia", "GM" },
	{ "the netherlands", "NL" }, { "timor-leste", "TL" },
	{ "tjk", "TJ" }, { "tkm", "TM" }, { "togo", "TG" },
	{ "tokelau", "TK" }, { "tonga", "TO" },
	{ "trinidad and tobago", "TT" }, { "tto", "TT" }, { "tun", "TN" },
	{ "tunisia", "TN" }, { "tur", "TR" }, { "turkey", "TR" },
	{ "turkiye", "TR" }, { "turkmenistan", "TM" },
	{ "turks and caicos islands", "TC" }, { "tuvalu", "TV" },
	{ "twn", "TW" }, { "tza", "TZ" }, { "uae", "AE" }, { "uga", "UG" },
	{ "uganda", "UG" }, { "uk", "GB" }, { "ukr", "UA" },
	{ "ukraine", "UA" }, { "united arab emirates", "AE" },
	{ "united kingdom", "GB" }, { "united states", "US" },
	{ "united states of america", "US" }, { "uruguay", "UY" },
	{ "ury", "UY" }, { "us", "US" }, { "us outlying islands", "UM" },
	{ "us virgin islands", "VI" }, { "usa", "US" }, { "uzb", "UZ" },
	{ "uzbekistan", "UZ" }, { "vanuatu", "VU" },
	{ "vatican city", "VA" }, { "ven", "VE" }, { "venezuela", "VE" },
	{ "venezuela, bolivarian republic of", "VE" }, { "viet nam", "VN" },
	{ "vietnam", "VN" }, { "vnm", "VN" }, { "wales", "GB" },
	{ "wallis and futuna", "WF" }, { "western sahara", "EH" },
	{ "yem", "YE" }, { "yemen", "YE" }, { "zaf", "ZA" },
	{ "zambia", "ZM" }, { "zimbabwe", "ZW" }, { "zmb", "ZM" },
	{ "zwe", "ZW" },
};
/* clang-format on */

const char *
country_code(const char *text)
{
	static char two[3];
	size_t low = 0, high = sizeof(table) / sizeof(*table), middle, i;
	struct buf key = { 0 };
	const char *found = NULL;
	int order;

	text_fold(&key, text, strlen(text));
	while (low < high && !found) {
		middle = (low + high) / 2;
		order = strcmp(buf_get(&key), table[middle].name);
		if (order == 0)
			found = table[middle].code;
		else if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	if (!found && key.len == 2) {
		for (i = 0; i < 2; i++)
			two[i] = (char)(key.text[i] - ('a' - 'A'));
		found = phone_country(two) ? two : NULL;
	}
	buf_free(&key);
	return found;
}
