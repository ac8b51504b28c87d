using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Keys and indexes of a table that are valid alone but that DynamoDB refuses together. Sources: DynamoDB API
/// reference, "CreateTable", "Projection", "LocalSecondaryIndex"; DynamoDB Developer Guide, "Naming rules and data
/// types".
/// </summary>
internal static class TablePairs
{
    private const int MinNameLength = 3;
    private const int MaxNameLength = 255;

    public static void Check(TemplateResource table, DiagnosticBag diagnostics)
    {
        CheckKeys(table.LogicalId, table.Properties["KeySchema"], diagnostics);
        CheckThroughput(table.LogicalId, table, table.Properties, diagnostics);
        var attributes = ((table.Properties["AttributeDefinitions"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
            .Select(a => a["AttributeName"])
            .OfType<YamlScalar>();
        foreach (var twice in attributes.GroupBy(a => a.Value, StringComparer.Ordinal).Where(g => g.Count() > 1))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{table.LogicalId}: 'AttributeDefinitions' has '{twice.Key}' twice",
                twice.Last(),
                "an attribute has one type");
        foreach (var index in Indexes(table, "GlobalSecondaryIndexes"))
            CheckThroughput($"{table.LogicalId}, GlobalSecondaryIndexes", table, index, diagnostics);
        foreach (var index in Indexes(table, "GlobalSecondaryIndexes"))
            CheckIndex($"{table.LogicalId}, GlobalSecondaryIndexes", index, diagnostics);
        foreach (var index in Indexes(table, "LocalSecondaryIndexes"))
        {
            CheckIndex($"{table.LogicalId}, LocalSecondaryIndexes", index, diagnostics);
            CheckLocal(table, index, diagnostics);
        }
    }

    // A table and its indexes are billed by request or by throughput, which is the default.
    private static void CheckThroughput(
        string subject,
        TemplateResource table,
        YamlMapping owner,
        DiagnosticBag diagnostics)
    {
        var isByRequest = table.Properties["BillingMode"] is YamlScalar { Value: "PAY_PER_REQUEST" };
        var throughput = owner["ProvisionedThroughput"] as YamlMapping;
        var zeros = throughput?.Entries.Where(e => e.Value is YamlScalar { Value: "0" }).ToList() ?? [];
        if (isByRequest && throughput is not null && zeros.Count < throughput.Entries.Count)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'ProvisionedThroughput' cannot be combined with BillingMode PAY_PER_REQUEST",
                throughput,
                "leave one of them out");
        foreach (var (key, zero) in isByRequest ? [] : zeros)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: '{key.Value}' is '0'",
                zero,
                "allowed: a whole number of at least 1; zeros belong to BillingMode: PAY_PER_REQUEST");
        if (!isByRequest && owner["ProvisionedThroughput"] is null or YamlScalar { IsNull: true })
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{subject}: 'ProvisionedThroughput' is missing: BillingMode is PROVISIONED",
                owner,
                "give it, or write BillingMode: PAY_PER_REQUEST");
    }

    private static IEnumerable<YamlMapping> Indexes(TemplateResource table, string property) =>
        (table.Properties[property] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];

    private static void CheckIndex(string subject, YamlMapping index, DiagnosticBag diagnostics)
    {
        CheckKeys(subject, index["KeySchema"], diagnostics);
        if (ResourceSet.Text(index["IndexName"]) is { } name && (name.Length is < MinNameLength or > MaxNameLength
            || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'IndexName' is '{name}'",
                index["IndexName"],
                $"allowed: letters, digits, '_', '-' and '.', {MinNameLength} to {MaxNameLength} of them");
        if (index["Projection"] is not YamlMapping projection
            || ResourceSet.Text(projection["ProjectionType"]) is not { } type)
            return;
        var hasAttributes = projection["NonKeyAttributes"] is YamlSequence { Items.Count: > 0 };
        if (type == "INCLUDE" && !hasAttributes)
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{subject}: 'NonKeyAttributes' is missing: ProjectionType is INCLUDE",
                projection,
                "name the attributes, or write KEYS_ONLY");
        if (type != "INCLUDE" && hasAttributes)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'NonKeyAttributes' cannot be combined with ProjectionType {type}",
                projection["NonKeyAttributes"],
                "leave them out, or write INCLUDE");
    }

    // One HASH key, then at most one RANGE key, on different attributes.
    private static void CheckKeys(string subject, YamlNode? node, DiagnosticBag diagnostics)
    {
        if (node is not YamlSequence { Items.Count: > 0 } schema)
            return;
        List<YamlMapping> keys = [.. schema.Items.OfType<YamlMapping>()];
        var types = string.Join(' ', keys.Select(k => ResourceSet.Text(k["KeyType"])));
        if (types is not ("HASH" or "HASH RANGE"))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'KeySchema' is {types}",
                schema,
                "allowed: one HASH key, optionally followed by one RANGE key");
        else if (keys.Count == 2
            && ResourceSet.Text(keys[0]["AttributeName"]) == ResourceSet.Text(keys[1]["AttributeName"]))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}: 'KeySchema' has '{ResourceSet.Text(keys[0]["AttributeName"])}' twice",
                schema,
                "give the RANGE key a different attribute");
    }

    private static void CheckLocal(TemplateResource table, YamlMapping index, DiagnosticBag diagnostics)
    {
        if (KeyOf(table.Properties, "RANGE") is null)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{table.LogicalId}: 'LocalSecondaryIndexes' of a table without a RANGE key",
                index,
                "give the table a RANGE key, or make it a global index");
        else if (KeyOf(index, "HASH") is { } hash && KeyOf(table.Properties, "HASH") is { } own && hash != own)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{table.LogicalId}: a local index has the HASH key '{hash}', but the table has '{own}'",
                index,
                "give it the HASH key of its table, or make it a global index");
    }

    private static string? KeyOf(YamlMapping owner, string type) =>
        (owner["KeySchema"] as YamlSequence)?.Items.OfType<YamlMapping>()
            .FirstOrDefault(k => ResourceSet.Text(k["KeyType"]) == type) is { } key
            ? ResourceSet.Text(key["AttributeName"])
            : null;
}
