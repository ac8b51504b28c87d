using System.Globalization;
using Esb.Schema.Diagnostics;
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
                diagnostics.Error(DiagnosticCodes.WrongKind, $"an API key must be a mapping, this is {item.Kind}", item);
            else if (ReadKey(mapping) is { } key)
                keys.Add(key);
        }

        return keys;
    }

    private ApiKeyDefinition? ReadKey(YamlMapping mapping)
    {
        if (new MappingReader(mapping, "API key", diagnostics).RequiredText("name", "for example name: partner") is not { Length: > 0 } name)
            return null;
        var reader = new MappingReader(mapping, $"API key '{name}'", diagnostics);
        var (value, variable) = (reader.Text("value"), reader.Text("value_env"));
        if (string.IsNullOrEmpty(value) == string.IsNullOrEmpty(variable))
        {
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{reader.Subject}: exactly one of 'value' and 'value_env' must be there", mapping, "value_env names an environment variable of the gateway, so that the key stays out of the file");
            return null;
        }

        var key = new ApiKeyDefinition(name, value, variable, ReadRate(reader), reader.Integer("burst", 1, MaxCount), ReadQuota(reader), reader.TextList("apis"));
        return GuardKeys.InApiKey(reader, diagnostics) ? key : null;
    }

    private double? ReadRate(MappingReader reader)
    {
        if (reader.Text("rate") is not { } text)
            return null;
        var styles = reader.Mapping["rate"] is YamlScalar { IsNumber: true } ? NumberStyles.Float : NumberStyles.AllowDecimalPoint;
        if (!text.Contains('\0') && double.TryParse(text, styles, CultureInfo.InvariantCulture, out var rate) && rate > 0)
            return rate;
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: 'rate' is '{text}'", reader.Mapping["rate"], "allowed is a number of requests per second above 0");
        return null;
    }

    private ApiKeyQuota? ReadQuota(MappingReader reader)
    {
        if (reader.Nested("quota") is not { } quota)
            return null;
        var limit = quota.Integer("limit", 1, MaxCount);
        if (quota.Mapping["limit"] is null or YamlScalar { IsNull: true })
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{quota.Subject}: 'limit' is missing", quota.Mapping, "name the number of requests per period");
        var text = quota.Text("period") ?? "DAY";
        foreach (var period in Enum.GetValues<QuotaPeriod>())
        {
            if (text.Equals(period.ToString(), StringComparison.OrdinalIgnoreCase))
                return limit is null ? null : new ApiKeyQuota(limit.Value, period);
        }

        diagnostics.Error(DiagnosticCodes.WrongValue, $"{quota.Subject}: 'period' is '{text}'", quota.Mapping["period"], "allowed is DAY, WEEK or MONTH");
        return null;
    }
}
