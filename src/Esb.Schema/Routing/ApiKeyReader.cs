using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>Reads the top-level key <c>api_keys</c>.</summary>
internal sealed class ApiKeyReader(DiagnosticBag diagnostics)
{
    private const int MaxCount = 1_000_000_000;

    public List<ApiKeyDefinition> Read(MappingReader document)
    {
        List<ApiKeyDefinition> keys = [];
        foreach (var item in document.List("api_keys"))
        {
            if (item is not YamlMapping mapping)
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"an API key must be a mapping, but is {item.Kind}", item);
            else if (ReadKey(mapping) is { } key)
                keys.Add(Known(keys, key, mapping));
        }

        return keys;
    }

    // AWS refuses two keys with the same value. Here both may be in the file before that is noticed.
    private ApiKeyDefinition Known(List<ApiKeyDefinition> before, ApiKeyDefinition key, YamlMapping at)
    {
        if (before.FindLast(k => k.Application == key.Application
            && k.Value == key.Value
            && k.ValueVariable == key.ValueVariable
            && k.Name != key.Name) is { } other)
        {
            var what = key.Value is null ? $"the variable {key.ValueVariable}" : "the value";
            diagnostics.Warning(
                DiagnosticCodes.Shadowed,
                $"API key '{key.Name}' has {what} of '{other.Name}': it opens "
                    + $"{(key.OpensSomething ? "what both of them name" : "nothing, and neither does the other one")}",
                at,
                "give each key its own value");
        }

        return key;
    }

    private ApiKeyDefinition? ReadKey(YamlMapping mapping)
    {
        if (new MappingReader(mapping, "API key", diagnostics)
            .RequiredText("name", "for example name: partner") is not { Length: > 0 } name)
            return null;
        var reader = new MappingReader(mapping, $"API key '{name}'", diagnostics);
        var (value, variable) = (reader.Text("value"), reader.Text("value_env"));
        if (string.IsNullOrEmpty(value) == string.IsNullOrEmpty(variable))
        {
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{reader.Subject}: exactly one of 'value' and 'value_env' must be given",
                mapping,
                "value_env names an environment variable of the gateway, so that the key stays out of the file");
            return null;
        }

        var quota = ReadQuota(reader);
        // A key without a value is not the same as a missing one and enables nothing.
        var enabled = (reader.Boolean("enabled") ?? false) || !mapping.Contains("enabled");
        return new ApiKeyDefinition(
            name, value, variable, ReadRate(reader), reader.Integer("burst", 1, MaxCount), quota, ReadApis(reader))
        {
            Application = ApplicationName.Read(reader, diagnostics),
            // A key that opens nothing is kept, because the later of two with the same value counts.
            Enabled = ApiKeyLimits.AreRead(reader, diagnostics) && enabled,
        };
    }

    private IReadOnlyList<OpenedApi>? ReadApis(MappingReader key)
    {
        switch (key.Mapping["apis"])
        {
            case null:
                return null;
            case YamlScalar { IsNull: true } empty:
                diagnostics.Warning(
                    DiagnosticCodes.MissingKey,
                    $"{key.Subject} opens nothing: its 'apis' is empty",
                    empty,
                    "name the APIs, or leave the key out for all of them");
                return [];
            case YamlSequence list:
                return [.. list.Items.Select(i => ReadApi(key, i)).OfType<OpenedApi>()];
            default:
                return [.. key.TextList("apis").Select(a => new OpenedApi(a))];
        }
    }

    private OpenedApi? ReadApi(MappingReader key, YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            var alone = new MappingReader(
                new YamlMapping([new YamlEntry(YamlScalar.Text("apis"), new YamlSequence([node], node.Place))]),
                key.Subject,
                diagnostics);
            return alone.TextList("apis") is [var name] ? new OpenedApi(name) : null;
        }

        var reader = new MappingReader(mapping, $"{key.Subject}, apis", diagnostics);
        var stage = mapping.Contains("stage")
            ? reader.RequiredText("stage", "name the stage, or leave the key out for whichever is served")
            : null;
        return reader.RequiredText("api", "name the API as routes do") is { } api ? new OpenedApi(api, stage) : null;
    }

    private double? ReadRate(MappingReader reader)
    {
        if (reader.Text("rate") is not { } text)
            return null;
        var styles = reader.Mapping["rate"] is YamlScalar { IsNumber: true }
            ? NumberStyles.Float
            : NumberStyles.AllowDecimalPoint;
        if (!text.Contains('\0')
            && double.TryParse(text, styles, CultureInfo.InvariantCulture, out var rate)
            && rate > 0)
            return rate;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{reader.Subject}: 'rate' is '{text}'",
            reader.Mapping["rate"],
            "allowed: a number of requests per second above 0");
        return null;
    }

    private ApiKeyQuota? ReadQuota(MappingReader reader)
    {
        if (reader.Nested("quota") is not { } quota)
            return null;
        var (limit, offset) = (quota.Integer("limit", 1, MaxCount), quota.Integer("offset", 0, MaxCount) ?? 0);
        if (quota.Mapping["limit"] is null or YamlScalar { IsNull: true })
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{quota.Subject}: 'limit' is missing",
                quota.Mapping,
                "name the number of requests per period");
        var text = quota.Text("period") ?? "DAY";
        foreach (var period in Enum.GetValues<QuotaPeriod>())
        {
            if (text.Equals(period.ToString(), StringComparison.OrdinalIgnoreCase))
                return limit is null ? null : new ApiKeyQuota(limit.Value, period, offset);
        }

        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{quota.Subject}: 'period' is '{text}'",
            quota.Mapping["period"],
            "allowed: DAY, WEEK or MONTH");
        return null;
    }
}
