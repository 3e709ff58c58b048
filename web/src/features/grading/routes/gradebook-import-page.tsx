import { useId } from "../../../lib/address";
import { ImportScreen } from "../gradebook/transfer/import-screen";

export default function GradebookImportPage() {
  const importId = useId("importId");
  return <ImportScreen key={importId} courseId={useId("courseId")} importId={importId} />;
}
