#include "app/import_lines.hpp"
#include "app/ports/return_store.hpp"

namespace zifa {

namespace {

template <class T>
void take(T& kept, const T& told) {
  if (told != T{}) kept = told;
}

// A return as the file tells it over what is known of it; what the file leaves out stays.
ReturnLine told(ReturnLine kept, const ReturnLine& line) {
  using R = ReturnLine;
  for (std::string R::*text : {&R::amazon_rma_id, &R::merchant_rma_id, &R::status, &R::return_type, &R::resolution, &R::reason, &R::asin, &R::name, &R::label_type, &R::label_paid_by, &R::carrier, &R::tracking_number, &R::invoice_number,
                               &R::safe_t_claim_id, &R::safe_t_claim_state})
    take(kept.*text, line.*text);
  take(kept.quantity, line.quantity);
  take(kept.order_quantity, line.order_quantity);
  take(kept.ordered_at, line.ordered_at);
  take(kept.delivered_at, line.delivered_at);
  take(kept.in_policy, line.in_policy);
  take(kept.currency, line.currency);
  take(kept.order_amount, line.order_amount);
  take(kept.refunded_amount, line.refunded_amount);
  take(kept.label_cost, line.label_cost);
  kept.has_a_to_z_claim |= line.has_a_to_z_claim;
  kept.is_prime |= line.is_prime;
  return kept;
}

class ReturnTaker final : public LineTaker<ReturnLine> {
 public:
  ReturnTaker(Tx& tx, AccountId account, Instant now) : tx_(tx), account_(account), now_(now) {}

  Result<Done> take(std::span<const ReturnLine> lines, std::span<const std::size_t>, LinesTaken& taken) override {
    auto known = TRY(tx_.returns.find(account_, lines[0]));
    if (!known) {
      TRY(tx_.returns.save({.account = account_, .line = lines[0], .imported_at = now_, .updated_at = now_}));
      ++taken.created;
      return done;
    }
    ReturnLine next = told(known->line, lines[0]);
    if (next == known->line) {
      ++taken.unchanged;
      return done;
    }
    known->line = std::move(next);
    known->updated_at = now_;
    TRY(tx_.returns.save(*known));
    ++taken.updated;
    return done;
  }

 private:
  Tx& tx_;
  AccountId account_;
  Instant now_;
};

}  // namespace

Result<ImportReport> import_return_lines(Store& store, ReturnFileReader& reader, const ImportRequest& request, Instant now, const HearRefusal& refuse) {
  if (!request.account) return invalid("file.which_account", "A file of returns does not say whose they are; choose the store.");
  const LinesOfAKind<ReturnLine> kind{.open = [&](Tx& tx) { return std::make_unique<ReturnTaker>(tx, request.account->id, now); }};
  return LineImport<ReturnLine>(store, reader, request, refuse, kind).run();
}

}  // namespace zifa
