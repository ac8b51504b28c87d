using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>
/// Tenant isolation in Lambda. Workers here serve all tenants, so one tenant would see what another left behind.
/// </summary>
internal sealed record TenancyRule : ValueRule
{
    private static readonly ValueRule Config = Of(("TenantIsolationMode", Word("PER_TENANT")));

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        Config.Check(owner, key, scope);
        if (owner.Mapping[key] is YamlMapping { Entries.Count: > 0 } config)
            scope.Diagnostics.Error(
                DiagnosticCodes.NotSupported,
                $"{owner.Subject}: tenants cannot be isolated here: a worker serves all callers",
                config,
                "leave TenancyConfig out, and deploy a function for each tenant");
    }
}
