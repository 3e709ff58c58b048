import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { http } from "../../lib/http";

interface FeatureOff {
  feature: string;
  called: string;
  because: string;
}

const offQuery = queryOptions({
  queryKey: ["features", "off"],
  queryFn: () => http.get<FeatureOff[]>("/features/off"),
  staleTime: 15_000,
  refetchInterval: 30_000,
  // A banner that cannot be asked for is no reason for a word.
  retry: false,
});

/** Says over every page what an operator has switched off for now, and why. */
export function FeaturesBanner() {
  const { t } = useTranslation();
  const off = useQuery(offQuery).data ?? [];
  return (
    <div role="status" className="features-off">
      {off.map(({ feature, called, because }) => (
        <p key={feature} className="notice" data-tone="warn">
          {t("featureOff.says", {
            called: t(`featureOff.names.${feature}`, { defaultValue: called }),
            because,
          })}
        </p>
      ))}
    </div>
  );
}
