using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// Reads <c>authorizer</c> of a route. A route that is open by mistake is worse than one that is closed by mistake, so
/// anything that is not understood closes it.
/// </summary>
internal sealed class AuthorizerReader(MappingReader route, DiagnosticBag diagnostics)
{
    private static readonly string[] OfJwt =
        ["issuer", "audience", "jwks_uri", "scopes", "identity_source", "validation"];
    private static readonly string[] OfLambda =
    [
        "function", "kind", "identity_source", "ttl", "payload", "simple_responses", "validation",
        ApplicationName.FunctionKey,
    ];

    /// <returns>Null when the route is open.</returns>
    public AuthorizerDefinition? Read()
    {
        // Without a value, the key closes the route; see GuardKeys.
        if (route.Mapping["authorizer"] is null or YamlScalar { IsNull: true })
            return null;
        if (route.Nested("authorizer") is not { } reader)
            return new UnusableAuthorizer("its authorizer cannot be read");
        return reader.Text("type") switch
        {
            // Anything beside "none" is meant as a restriction.
            "none" =>
                GuardKeys.InAuthorizer(reader, [], diagnostics) is { } reason ? new UnusableAuthorizer(reason) : null,
            "jwt" => Unless(GuardKeys.InAuthorizer(reader, OfJwt, diagnostics), ReadJwt(reader)),
            "lambda" => Unless(GuardKeys.InAuthorizer(reader, OfLambda, diagnostics), ReadLambda(reader)),
            "api_key" => Unless(GuardKeys.InAuthorizer(reader, [], diagnostics), new ApiKeyAuthorizer()),
            "iam" => new UnusableAuthorizer("signatures of AWS IAM identities cannot be checked here"),
            "unsupported" => new UnusableAuthorizer(reader.Text("reason") ?? "its authorizer is not supported"),
            var other => new UnusableAuthorizer($"its authorizer ({other ?? "unknown"}) cannot be honoured"),
        };
    }

    private static AuthorizerDefinition Unless(string? reason, AuthorizerDefinition authorizer) =>
        reason is null ? authorizer : new UnusableAuthorizer(reason);

    private AuthorizerDefinition ReadJwt(MappingReader reader)
    {
        var issuer = reader.RequiredText(
            "issuer", "name the issuer's URL, for example issuer: https://id.example.com/");
        var sources = ReadSources(reader);
        var validation = Validation(reader);
        if (issuer is null)
            return new UnusableAuthorizer("its issuer is missing");
        List<string> audience = [.. reader.TextList("audience").Where(a => a.Length > 0)];
        // An empty audience is meant as a restriction; without the key, tokens for any audience are accepted. A null
        // has closed the route already.
        if (audience.Count == 0 && reader.Mapping["audience"] is not null and not YamlScalar { IsNull: true })
            return EmptyAudience(reader);
        var source = sources.Count > 0 ? sources[0] : IdentitySource.Authorization;
        return new JwtAuthorizer(issuer, audience, KeySource(reader), reader.TextList("scopes"), source)
        {
            Validation = validation,
        };
    }

    private UnusableAuthorizer EmptyAudience(MappingReader reader)
    {
        const string Reason = "its audience is empty";
        diagnostics.Warning(
            DiagnosticCodes.WrongValue,
            $"{route.Subject} is closed: {Reason}",
            reader.Mapping["audience"],
            "name the client ids that tokens are issued for, or leave the key out to accept tokens for anybody");
        return new UnusableAuthorizer(Reason);
    }

    private AuthorizerDefinition ReadLambda(MappingReader reader)
    {
        var function = reader.RequiredName("function", "name one of the functions of functions.yml");
        if (function is not null && !FunctionName.IsValid(function))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{reader.Subject}: '{function}' is not a function name",
                reader.Mapping["function"],
                $"allowed: {FunctionName.Rule}");
        var kind = reader.Text("kind") ?? "REQUEST";
        if (kind is not ("TOKEN" or "REQUEST"))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{reader.Subject}: 'kind' is '{kind}'",
                reader.Mapping["kind"],
                "allowed: TOKEN or REQUEST");
        var payload = PayloadFormat.Read(reader, diagnostics);
        var sources = ReadSources(reader);
        if (kind == "TOKEN" && sources.Count == 0)
            sources = [IdentitySource.Authorization];
        if (kind == "REQUEST" && reader.Mapping["validation"] is not null and not YamlScalar { IsNull: true })
        {
            const string Why = "its 'validation' is for kind TOKEN only";
            diagnostics.Warning(
                DiagnosticCodes.UnknownKey,
                $"{reader.Subject} is closed: {Why}",
                reader.Mapping.KeyNode("validation"),
                "leave it out, or say kind: TOKEN");
            return new UnusableAuthorizer(Why);
        }

        return function is null
            ? new UnusableAuthorizer("its function is missing")
            : new LambdaAuthorizer(
                function,
                kind == "TOKEN",
                sources,
                reader.Integer("ttl", 0, LambdaAuthorizer.MaxTtl),
                payload,
                reader.Boolean("simple_responses") ?? false,
                Validation(reader))
            {
                FunctionApplication = ApplicationName.ReadMeant(reader, diagnostics),
            };
    }

    private List<IdentitySource> ReadSources(MappingReader reader)
    {
        List<IdentitySource> sources = [];
        // In CloudFormation, this is one text separated by commas (REST) or a list (HTTP).
        foreach (var text in reader.TextList("identity_source")
            .SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (IdentitySource.TryParse(text, out var source))
                Add(source, sources, reader);
            else
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{reader.Subject}: '{text}' is not an identity source",
                    reader.Mapping["identity_source"],
                    "allowed: $request.header.NAME, $request.querystring.NAME, "
                        + "$context.NAME or $stageVariables.NAME");
        }

        return sources;
    }

    private void Add(IdentitySource source, List<IdentitySource> sources, MappingReader reader)
    {
        sources.Add(source);
        if (source.Place == IdentityPlace.Context && !IdentitySource.ContextNames.Contains(source.Name))
            diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{reader.Subject} admits nobody: the request context has no '{source.Name}' here",
                reader.Mapping["identity_source"],
                $"it has {string.Join(", ", IdentitySource.ContextNames)}");
    }

    private static string? KeySource(MappingReader reader)
    {
        if (reader.Text("jwks_uri") is not { Length: > 0 } source
            || source.Contains("://", StringComparison.Ordinal)
            || source.Contains('\0'))
            return reader.Text("jwks_uri");
        // A path is relative to the file that contains it.
        var folder = Path.GetDirectoryName(reader.Mapping["jwks_uri"]!.Place.File);
        return Path.GetFullPath(Path.Combine(string.IsNullOrEmpty(folder) ? "." : folder, source));
    }

    private string? Validation(MappingReader reader)
    {
        if (reader.Text("validation") is not { Length: > 0 } expression)
            return null;
        if (TokenExpression.Problem(expression) is not { } problem)
            return expression;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{reader.Subject}: 'validation' cannot be used: {problem}",
            reader.Mapping["validation"],
            TokenExpression.Rule);
        return null;
    }
}
