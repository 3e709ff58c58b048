import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../ui/badge";
import { Menu, MenuItem } from "../../../ui/menu";
import { useProblemText } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { courseRoles, type Enrollment, enroll, removeEnrollment, saveEnrollment } from "../api";

interface EnrollmentTableProps {
  courseId: number;
  rows: Enrollment[];
  staff: boolean;
}

export function EnrollmentTable({ courseId, rows, staff }: EnrollmentTableProps) {
  const { t } = useTranslation();
  return (
    <div className="table-wrap">
      <table className="table" data-stack>
        <thead>
          <tr>
            <th>{t("courses.people.name")}</th>
            <th>{t("courses.people.role")}</th>
            <th>{t("courses.people.section")}</th>
            {staff && (
              <th>
                <span className="visually-hidden">{t("common.actions")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.enrollment_id}>
              <th scope="row">
                <span className="row">
                  <Avatar name={row.name} />
                  <span className="stack-tight" style={{ gap: 0 }}>
                    {row.name}
                    {staff && <span className="small muted">{row.email}</span>}
                  </span>
                </span>
              </th>
              <td data-label={t("courses.people.role")}>{t(`role.${row.role}`)}</td>
              <td data-label={t("courses.people.section")}>{row.section_name}</td>
              {staff && (
                <td className="num" data-menu>
                  <RowMenu courseId={courseId} row={row} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowMenu({ courseId, row }: { courseId: number; row: Enrollment }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const refresh = () =>
    queryClient.invalidateQueries({ queryKey: ["course", courseId, "enrollments"] });
  const onError = (error: unknown) => toast(problemText(error));

  const restore = useMutation({
    mutationFn: () =>
      enroll(courseId, { user_id: row.user_id, role: row.role, section_id: row.section_id }),
    onSuccess: refresh,
    onError,
  });
  const remove = useMutation({
    mutationFn: () => removeEnrollment(row.enrollment_id),
    onError,
    onSuccess: async () => {
      await refresh();
      toast(t("courses.people.removed", { name: row.name }), {
        label: t("action.undo"),
        run: () => restore.mutate(),
      });
    },
  });
  const change = useMutation({
    mutationFn: (role: Enrollment["role"]) => saveEnrollment(row, { role }),
    onSuccess: refresh,
    onError,
  });

  return (
    <Menu
      label={t("courses.people.actionsFor", { name: row.name })}
      trigger={<Ellipsis size={18} aria-hidden />}
    >
      {courseRoles
        .filter((role) => role !== row.role)
        .map((role) => (
          <MenuItem key={role} onSelect={() => change.mutate(role)}>
            {t("courses.people.makeRole", { role: t(`role.${role}`) })}
          </MenuItem>
        ))}
      <hr className="menu-divider" />
      <MenuItem icon={<Trash2 size={16} />} onSelect={() => remove.mutate()}>
        {t("courses.people.remove")}
      </MenuItem>
    </Menu>
  );
}
