import { BatchPreview } from "./batch-preview";
import type { GradebookModel } from "./gradebook-model";
import { OvertakenDialog } from "./overtaken-dialog";
import type { useBatch } from "./use-batch";

interface BatchDialogsProps {
  batch: ReturnType<typeof useBatch>;
  model: GradebookModel;
}

/** What many changes at once have to ask or to say. */
export function BatchDialogs({ batch, model }: BatchDialogsProps) {
  const { preview, overtaken } = batch;
  return (
    <>
      {preview && (
        <BatchPreview
          preview={preview}
          model={model}
          onConfirm={() => void batch.confirm()}
          onClose={batch.dismiss}
        />
      )}
      {overtaken.length > 0 && (
        <OvertakenDialog cells={overtaken} model={model} onClose={batch.acknowledge} />
      )}
    </>
  );
}
