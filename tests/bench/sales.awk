# Of contacts as TSV (name, e-mail, ...) a shop's N sales in the order of
# their days: four of five customers are every fourth of these contacts, the
# others are new.
BEGIN {
	FS = OFS = "\t"
	print "name", "email", "day", "order_no", "product", "quantity", \
	    "amount"
}
NR > 1 && NR % 4 == 0 { who[m++] = $1 OFS $2 }
END {
	all = int(m * 1.25)
	for (i = 0; i < N; i++) {
		k = i * 7919 % all
		print k < m ? who[k] : "New " k OFS "n" k "@shop.example.org",
		    sprintf("%d-%02d-%02d", 2022 + int(4 * i / N),
		    int(48 * i / N) % 12 + 1, i % 28 + 1), i, \
		    "product " i * 31 % 500, i % 3 + 1, \
		    sprintf("%d.%02d", i % 200 + 1, i % 100)
	}
}
