-- A seller's SKU is looked up for every order line, with or without its marketplace.
CREATE INDEX listing_sku ON listing (sku, account_id);
