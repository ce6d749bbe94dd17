-- Every account derived from its facts again: orders, payments, lots, balance, debt, entitlement. No row: the books follow from the facts.
table private.check_books;
