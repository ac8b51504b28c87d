using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Esb.Schema.Http;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Integrations;

/// <summary>
/// Mock integrations whose answer does not depend on the request. The request template gives a status, and the
/// integration response whose pattern matches it gives the answer. Source: API Gateway Developer Guide, "Mock
/// integrations for REST APIs".
/// </summary>
internal static class MockReader
{
    private const string Json = "application/json";
    private const string HeaderPrefix = "method.response.header.";

    public static RouteTarget Read(Integration integration)
    {
        if (StatusOf(integration.RequestTemplates) is not { } chosen)
            return RouteTarget.None("its mock has no request template with a constant statusCode");
        if (ResponseFor(integration.Responses, chosen) is not { } response)
            return RouteTarget.None($"its mock has no response for the status {chosen}");
        if (!int.TryParse(response.Status ?? chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || status is < 200 or > 599)
            return RouteTarget.None($"the status {response.Status} of its mock cannot be sent");
        var (type, body) = Template(response.Templates);
        if (body is not null && Computed.IsMatch(body))
            return RouteTarget.None("the template of its mock's answer is computed, which is not served");
        List<(string, YamlNode?)> headers = [("Content-Type", YamlScalar.Text(type))];
        foreach (var (parameter, value) in response.Parameters?.Entries ?? [])
        {
            if (Header(parameter.Value, value) is not var (name, text))
                return RouteTarget.None($"'{parameter.Value}' of its mock is not a constant header");
            headers.RemoveAll(h => h.Item1.Equals(name, StringComparison.OrdinalIgnoreCase));
            headers.Add((name, YamlScalar.Text(text)));
        }

        return RouteTarget.Constant(YamlMapping.Of(
            ("status", YamlScalar.Number(status)),
            ("headers", YamlMapping.Of([.. headers])),
            ("body", string.IsNullOrEmpty(body) ? null : YamlScalar.Text(body))));
    }

    private static string? StatusOf(YamlMapping? templates)
    {
        if (Template(templates).Text is not { } template || Computed.IsMatch(template))
            return null;
        try
        {
            using var document = JsonDocument.Parse(template, new JsonDocumentOptions { AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("statusCode", out var status)
                ? status.ValueKind switch
                {
                    JsonValueKind.Number => status.GetRawText(),
                    JsonValueKind.String => status.GetString(),
                    _ => null,
                }
                : null;
        }
        catch (JsonException)
        {
            // Velocity also accepts a bare key: {statusCode: 200}.
            return BareStatus.Match(template) is { Success: true } match ? match.Groups[1].Value : null;
        }
    }

    private static IntegrationResponse? ResponseFor(IReadOnlyList<IntegrationResponse> responses, string status) =>
        responses.FirstOrDefault(r => r.Selection is not ("" or "default") && Fits(r.Selection, status))
            ?? responses.FirstOrDefault(r => r.Selection is "" or "default");

    private static bool Fits(string pattern, string status)
    {
        try
        {
            return Regex.IsMatch(status, $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static (string Type, string? Text) Template(YamlMapping? templates)
    {
        if (templates is null || templates.Entries.Count == 0)
            return (Json, null);
        var entry =
            templates.Contains(Json) ? new YamlEntry(YamlScalar.Text(Json), templates[Json]!) : templates.Entries[0];
        return (entry.Key.Value, entry.Value switch
        {
            YamlScalar { IsNull: false } text => text.Value,
            YamlMapping map => Resolving.Texts.Json(map),
            _ => null,
        });
    }

    // A constant is in single quotes.
    private static (string Name, string Value)? Header(string parameter, YamlNode value)
    {
        if (!parameter.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)
            || value is not YamlScalar { Value: ['\'', .., '\''] and { Length: > 1 } text })
            return null;
        var (name, constant) = (parameter[HeaderPrefix.Length..], text[1..^1]);
        return HeaderSyntax.IsToken(name) && HeaderSyntax.IsValue(constant) ? (name, constant) : null;
    }

    // A reference ($input, ${x}, $!x), a directive (#set, #if) or a comment (##) of the Velocity language.
    private static readonly Regex Computed = new(
        @"\$[!{A-Za-z_]|#[A-Za-z{@#*\[]|\\[$#]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex BareStatus =
        new(
            @"\A\s*\{\s*['""]?statusCode['""]?\s*:\s*['""]?([0-9]{3})['""]?\s*,?\s*\}\s*\z",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
