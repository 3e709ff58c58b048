import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { profileQuery } from "../api";
import { ApiTokens } from "../components/api-tokens";
import { PasswordForm } from "../components/password-form";
import { ProfileForm } from "../components/profile-form";
import { SessionList } from "../components/session-list";

export default function ProfilePage() {
  const { t } = useTranslation();
  const query = useQuery(profileQuery);
  return (
    <Page title={t("nav.profile")}>
      <div className="columns">
        <section className="panel" aria-labelledby="me">
          <h2 id="me">{t("identity.profile.me")}</h2>
          <QueryView query={query}>{(profile) => <ProfileForm profile={profile} />}</QueryView>
        </section>
        <section className="panel" aria-labelledby="password">
          <h2 id="password">{t("identity.profile.password")}</h2>
          <PasswordForm />
        </section>
      </div>
      <SessionList />
      <ApiTokens />
    </Page>
  );
}
