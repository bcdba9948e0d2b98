# Upstream #19616: rbac's 0010 drops a column that core's 0056 reads, and 2026.2.0 does not
# declare their order. If a release declares it, nothing is changed.
migration=authentik/rbac/migrations/0010_remove_role_group_alter_role_name.py
if [ -f "$migration" ] && ! grep -q '"0056_user_roles"' "$migration"; then
  substituteInPlace "$migration" --replace-fail 'dependencies = [' 'dependencies = [
        ("authentik_core", "0056_user_roles"),'
fi
