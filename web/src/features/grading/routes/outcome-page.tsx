import { useId } from "../../../lib/address";
import { AcrossScreen } from "../outcomes/across-screen";

export default function OutcomePage() {
  const outcomeId = useId("outcomeId");
  return <AcrossScreen key={outcomeId} outcomeId={outcomeId} />;
}
