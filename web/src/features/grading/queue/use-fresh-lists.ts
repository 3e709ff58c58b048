import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Whoever leaves a queue finds lists and gradebook as they are now. */
export function useFreshLists(assignmentId: number) {
  const queryClient = useQueryClient();
  useEffect(
    () => () => {
      void queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
      void queryClient.invalidateQueries({ queryKey: ["dashboard"] });
    },
    [queryClient, assignmentId],
  );
}
