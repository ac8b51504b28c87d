using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Esb.Gateway.Authorizers;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Tests.Serving;
using Microsoft.IdentityModel.Tokens;

namespace Esb.Gateway.Tests.Authorizers;

internal sealed class JwtTests : IAsyncDisposable
{
    private const string Denied = """401 {"message":"Unauthorized"}""";

    // 2026-03-01T00:00:00Z.
    private const long Now = 1_772_323_200;

    private readonly Issuer _issuer = new();
    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(Now));
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-jwt-").FullName;

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_valid_token_is_accepted_and_its_claims_are_text_in_the_event_of_either_kind()
    {
        await using var gateway = await StartAsync();
        var start = $$"""{"iss":"{{Issuer.Name}}","aud":""";
        const string End = "\"scope\":\"read write\"}";
        var token = _issuer.Sign(
            $$"""{{start}}["x","shop"],"exp":{{Now + 60}},"sub":"u1","admin":true,"n":7,{{End}}""");
        var claims = $$"""{{start}}"[x shop]","exp":"{{Now + 60}}","sub":"u1","admin":"true","n":"7",{{End}}""";
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + token)).Authorizer())
            .IsEqualTo($$$"""{"jwt":{"claims":{{{claims}}},"scopes":null}}""");
        await Assert.That((await gateway.GetAsync("/http", "Authorization: " + token)).Status).IsEqualTo(200);
        await Assert.That((await gateway.GetAsync("/rest", "Authorization: bearer " + token)).Authorizer())
            .IsEqualTo("{\"claims\":" + claims + "}");
        await Assert.That((await gateway.GetAsync("/scoped", "Authorization: Bearer " + token)).Authorizer())
            .Contains(""" "scopes":["write"] """.Trim());
    }

    [Test]
    public async Task A_token_signed_on_an_elliptic_curve_is_accepted_as_well()
    {
        await using var gateway = await StartAsync();
        var token = _issuer.Sign(Claims(), _issuer.Elliptic, SecurityAlgorithms.EcdsaSha256);
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + token)).Status).IsEqualTo(200);
        var pss = _issuer.Sign(Claims(), null, SecurityAlgorithms.RsaSsaPssSha256);
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + pss)).Status).IsEqualTo(200);
    }

    [Test]
    public async Task A_token_is_accepted_a_minute_longer_and_earlier_because_clocks_differ()
    {
        await using var gateway = await StartAsync();
        var skew = (long)JwtVerifier.ClockSkew.TotalSeconds;
        foreach (var (claim, value, good) in ((string, long, bool)[])
            [
                ("exp", Now - skew + 1, true), ("exp", Now - skew, false), ("nbf", Now + skew, true),
                ("nbf", Now + skew + 1, false), ("iat", Now + skew, true), ("iat", Now + skew + 1, false),
            ])
        {
            var claims = Claims().Replace(
                claim == "exp" ? $"\"exp\":{Now + 60}" : "\"sub\"",
                claim == "exp" ? $"\"exp\":{value}" : $"\"{claim}\":{value},\"sub\"",
                StringComparison.Ordinal);
            var answer = await gateway.GetAsync("/http", "Authorization: Bearer " + _issuer.Sign(claims));
            await Assert.That(answer.Status).IsEqualTo(good ? 200 : 401).Because($"{claim} {value - Now}");
        }
    }

    [Test]
    [Arguments(
        """{"iss":"https://evil.example.com/","aud":"shop","exp":1772323260}""",
        "the token's issuer is not the one of the authorizer")]
    [Arguments(
        """{"iss":"https://id.example.com/","aud":"other","exp":1772323260}""",
        "the token does not have a valid audience")]
    [Arguments(
        """{"iss":"https://id.example.com/","aud":"other","client_id":"shop","exp":1772323260}""",
        "the token does not have a valid audience")]
    [Arguments("""{"iss":"https://id.example.com/","exp":1772323260}""", "the token does not have a valid audience")]
    [Arguments("""{"iss":"https://id.example.com/","aud":"shop"}""", "the token has expired")]
    [Arguments("""{"iss":"https://id.example.com/","aud":"shop","exp":1772323000}""", "the token has expired")]
    public async Task A_token_with_a_wrong_claim_is_401_and_the_answer_names_it(string claims, string description)
    {
        await using var gateway = await StartAsync();
        var answer = await gateway.GetAsync("/http", "Authorization: Bearer " + _issuer.Sign(claims));
        await Assert.That(answer.Summary()).IsEqualTo(Denied);
        await Assert.That(answer.Lines("WWW-Authenticate")).Contains($"error_description=\"{description}\"");
        var rest = await gateway.GetAsync("/rest", "Authorization: Bearer " + _issuer.Sign(claims));
        await Assert.That(rest.Summary() + rest.Lines("WWW-Authenticate")).IsEqualTo(Denied);
    }

    [Test]
    public async Task The_client_id_is_used_as_the_audience_only_if_there_is_none()
    {
        await using var gateway = await StartAsync();
        var token = _issuer.Sign($$"""{"iss":"{{Issuer.Name}}","client_id":"shop","exp":{{Now + 60}}}""");
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + token)).Status).IsEqualTo(200);
    }

    [Test]
    [Arguments("\"aud\":null,\"client_id\":\"shop\"", 401)]
    [Arguments("\"aud\":[],\"client_id\":\"shop\"", 401)]
    [Arguments("\"aud\":\"\",\"client_id\":\"shop\"", 401)]
    [Arguments("\"aud\":7,\"client_id\":\"shop\"", 401)]
    [Arguments("\"aud\":{},\"client_id\":\"shop\"", 401)]
    [Arguments("\"aud\":[null,7],\"client_id\":\"shop\"", 401)]
    [Arguments("\"aud\":{\"shop\":\"shop\"}", 401)]
    [Arguments("\"aud\":[[\"shop\"]]", 401)]
    [Arguments("\"client_id\":null", 401)]
    [Arguments("\"client_id\":{\"a\":\"shop\"}", 401)]
    [Arguments("\"aud\":\"other\",\"aud\":\"shop\"", 401)]
    [Arguments("\"aud\":\"shop\",\"iss\":\"https://evil.example.com/\"", 401)]
    [Arguments("\"client_id\":[\"x\",\"shop\"]", 401)]
    [Arguments("\"client_id\":[\"shop\"]", 401)]
    [Arguments("\"aud\":[null,\"shop\"]", 401)]
    [Arguments("\"aud\":[\"shop\",null]", 401)]
    [Arguments("\"aud\":[\"shop\",1]", 401)]
    [Arguments("\"aud\":[\"shop\",[\"shop\"]]", 401)]
    [Arguments("\"aud\":[\"other\",\"shop\"]", 200)]
    [Arguments("\"aud\":\"shop\",\"client_id\":null", 200)]
    public async Task An_empty_audience_is_different_from_a_missing_one(string claims, int status)
    {
        await using var gateway = await StartAsync();
        var token = _issuer.Sign($$"""{"iss":"{{Issuer.Name}}",{{claims}},"exp":{{Now + 60}}}""");
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + token)).Status).IsEqualTo(status);
    }

    [Test]
    [Arguments("\"scope\":\"write\"", 200)]
    [Arguments("\"scp\":[\"read\",\"write\"]", 200)]
    [Arguments("\"scope\":null,\"scp\":\"write\"", 200)]
    [Arguments("\"scope\":null", 403)]
    [Arguments("\"scope\":7", 403)]
    [Arguments("\"scope\":{\"a\":\"write\"}", 403)]
    [Arguments("\"scope\":[[\"write\"]]", 403)]
    [Arguments("\"scope\":[\"write\",1]", 403)]
    [Arguments("\"scp\":[null,\"write\"]", 403)]
    [Arguments("\"scope\":\"x\",\"iss\":null", 401)]
    public async Task Scopes_are_one_text_or_a_list_of_texts(string claims, int status)
    {
        await using var gateway = await StartAsync();
        var token = _issuer.Sign($$"""{"iss":"{{Issuer.Name}}","aud":"shop",{{claims}},"exp":{{Now + 60}}}""");
        await Assert.That((await gateway.GetAsync("/scoped", "Authorization: Bearer " + token)).Status)
            .IsEqualTo(status);
    }

    [Test]
    [Arguments("\"iss\":null")]
    [Arguments("\"iss\":[\"https://id.example.com/\"]")]
    [Arguments("\"iss\":{\"a\":\"https://id.example.com/\"}")]
    [Arguments("\"iss\":\"https://id.example.com/\",\"exp\":null")]
    [Arguments("\"iss\":\"https://id.example.com/\",\"exp\":\"1772323260\"")]
    [Arguments("\"iss\":\"https://id.example.com/\",\"exp\":[1772323260]")]
    [Arguments("\"iss\":\"https://id.example.com/\",\"exp\":true")]
    [Arguments("\"iss\":\"https://id.example.com/\",\"exp\":1772323260,\"nbf\":null")]
    [Arguments("\"iss\":\"https://id.example.com/\",\"exp\":1772323260,\"nbf\":\"0\"")]
    [Arguments("\"iss\":\"https://id.example.com/\",\"exp\":1772323260,\"iat\":[0]")]
    public async Task A_token_is_refused_if_a_checked_claim_has_another_type(string claims)
    {
        await using var gateway = await StartAsync();
        var token = _issuer.Sign("{" + claims + ",\"aud\":\"shop\"}");
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + token)).Status).IsEqualTo(401);
    }

    [Test]
    [Arguments("\"aud\":\"client-7\"", 200)]
    [Arguments("\"aud\":[\"other\",\"client-8\"]", 200)]
    [Arguments("\"aud\":[\"client-8\",null]", 401)]
    [Arguments("\"aud\":\"client-7x\"", 401)]
    [Arguments("\"aud\":\"a client-7\"", 401)]
    [Arguments("\"aud\":\"other\"", 401)]
    [Arguments("\"client_id\":\"client-7\"", 401)]
    [Arguments("\"sub\":\"client-7\"", 401)]
    public async Task An_audience_must_match_the_whole_expression_of_a_user_pool(string claim, int status)
    {
        var keys = Path.Combine(_folder, "keys.json");
        await using var gateway = await StartAsync($"routes:\n  - {{ path: /pool, function: echo, authorizer: {{ type: "
            + $"jwt, issuer: '{Issuer.Name}', jwks_uri: '{keys}', validation: 'client-[0-9]+' }} }}");
        var token = _issuer.Sign($$"""{"iss":"{{Issuer.Name}}",{{claim}},"exp":{{Now + 60}}}""");
        await Assert.That((await gateway.GetAsync("/pool", "Authorization: " + token)).Status).IsEqualTo(status);
    }

    [Test]
    public async Task A_forged_token_is_401_whichever_way_it_is_forged()
    {
        await using var gateway = await StartAsync();
        var good = _issuer.Sign(Claims());
        var parts = good.Split('.');
        await using var other = new Issuer();
        var publicKey = Encoding.UTF8.GetBytes(_issuer.Rsa.Rsa.ExportSubjectPublicKeyInfoPem());
        string[] forged =
        [
            "", "x", "a.b", "a.b.c", "....", good + "x", $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}x.{parts[2]}",
            $"{Encode("""{"alg":"none","kid":"rsa-1"}""")}.{parts[1]}.",
            $"{Encode("""{"alg":"None","kid":"rsa-1"}""")}.{parts[1]}.{parts[2]}",
            $"{Encode("""{"alg":"RS256"}""")}.{parts[1]}.{parts[2]}",
            $"{Encode("""{"alg":"RS256","kid":"../rsa-1"}""")}.{parts[1]}.{parts[2]}",
            other.Sign(Claims()),
            // A known attack: the public key as the secret of an HMAC.
            _issuer.Sign(
                Claims(), new SymmetricSecurityKey(publicKey) { KeyId = "rsa-1" }, SecurityAlgorithms.HmacSha256),
            good.ToUpperInvariant(), new string('a', 8000),
        ];
        foreach (var token in forged)
            await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + token)).Summary())
                .IsEqualTo(Denied)
                .Because(token);
        await Assert.That((await gateway.GetAsync("/http")).Summary()).IsEqualTo(Denied);
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + good)).Status).IsEqualTo(200);
    }

    [Test]
    [Arguments("{0} x")]
    [Arguments("{0}{{}}")]
    [Arguments("{0},")]
    [Arguments("{0}\0")]
    [Arguments("{0}{0}")]
    [Arguments("[{0}]")]
    [Arguments("{0")]
    [Arguments("")]
    [Arguments("7")]
    [Arguments("null")]
    [Arguments("\"text\"")]
    [Arguments("\u00ff")]
    [Arguments("{{\"alg\":7,\"kid\":[]}}")]
    [Arguments("{{\"alg\":\"RS256\",\"kid\":\"\\ud800\"}}")]
    [Arguments("{{\"\\ud800\":1}}")]
    public async Task A_header_or_payload_that_is_not_one_JSON_object_is_401_as_for_every_malformed_token(string form)
    {
        await using var gateway = await StartAsync();
        const string Header = """{"alg":"RS256","kid":"rsa-1"}""";
        var deep = Claims().Replace("\"u1\"", new string('[', 100) + new string(']', 100), StringComparison.Ordinal);
        string Written(string document) => form.Replace("{0}", document, StringComparison.Ordinal)
            .Replace("{{", "{", StringComparison.Ordinal)
            .Replace("}}", "}", StringComparison.Ordinal);
        string[] tokens =
        [
            SignRaw(Written(Header), Claims()), SignRaw(Header, Written(Claims())),
            $"{Encode(Written(Header))}.e30.AA", SignRaw(Header, deep),
        ];
        foreach (var token in tokens)
        {
            foreach (var path in (string[])["/http", "/rest", "/scoped"])
                await Assert.That((await gateway.GetAsync(path, "Authorization: Bearer " + token)).Summary())
                    .IsEqualTo(Denied)
                    .Because($"{path} {token}");
        }
    }

    [Test]
    [Arguments("iss", "7")]
    [Arguments("iss", "{}")]
    [Arguments("aud", "7")]
    [Arguments("aud", "{}")]
    [Arguments("aud", "[7,null,{}]")]
    [Arguments("aud", "null")]
    [Arguments("aud", "[]")]
    public async Task A_claim_of_another_type_is_401_and_never_a_failure_of_the_gateway(string claim, string value)
    {
        await using var gateway = await StartAsync();
        var claims = JsonNode.Parse(Claims())!;
        claims["client_id"] = new JsonArray(1);
        claims[claim] = JsonNode.Parse(value);
        foreach (var path in (string[])["/http", "/rest"])
        {
            var token = SignRaw("""{"alg":"RS256","kid":"rsa-1"}""", claims.ToJsonString());
            await Assert.That((await gateway.GetAsync(path, "Authorization: Bearer " + token)).Summary()).IsEqualTo(
                Denied)
                .Because(path);
        }
    }

    [Test]
    public async Task A_token_without_any_of_the_scopes_is_403_and_names_them()
    {
        await using var gateway = await StartAsync();
        var answer = await gateway.GetAsync("/scoped", "Authorization: Bearer " + _issuer.Sign(Claims()));
        await Assert.That(answer.Summary()).IsEqualTo("""403 {"message":"Forbidden"}""");
        await Assert.That(answer.Lines("WWW-Authenticate"))
            .IsEqualTo("WWW-Authenticate: Bearer scope=\"write admin\" error=\"insufficient_scope\"");
        var listed = _issuer.Sign(Claims()
            .Replace("\"sub\"", "\"scp\":[\"x\",\"admin\"],\"sub\"", StringComparison.Ordinal));
        await Assert.That((await gateway.GetAsync("/scoped", "Authorization: Bearer " + listed)).Status).IsEqualTo(200);
    }

    [Test]
    public async Task Keys_are_discovered_once_and_cached_and_fetched_again_when_the_issuer_has_a_new_one()
    {
        var issuer = await _issuer.PublishAsync();
        await using var gateway = await StartAsync($"routes: [{{ path: /d, function: echo, payload: \"2.0\", "
            + $"authorizer: {{ type: jwt, issuer: '{issuer}' }} }}]");
        var claims = $$"""{"iss":"{{issuer}}","exp":{{Now + 100_000}}}""";
        string Bearer(SecurityKey? key = null) => "Authorization: Bearer " + _issuer.Sign(claims, key);
        await Assert.That((await gateway.GetAsync("/d", Bearer())).Status).IsEqualTo(200);
        await Assert.That((await gateway.GetAsync("/d", Bearer())).Status).IsEqualTo(200);
        await Assert.That(_issuer.Fetches).IsEqualTo(1);
        var added = _issuer.AddRsa("rsa-2");
        await Assert.That((await gateway.GetAsync("/d", Bearer(added))).Status).IsEqualTo(401);
        _time.Advance(JwtKeys.Pause);
        await Assert.That((await gateway.GetAsync("/d", Bearer(added))).Status).IsEqualTo(200);
        await Assert.That(_issuer.Fetches).IsEqualTo(2);
        await _issuer.UnpublishAsync();
        _time.Advance(TimeSpan.FromHours(20));
        await Assert.That((await gateway.GetAsync("/d", Bearer())).Status).IsEqualTo(200);
        _time.Advance(TimeSpan.FromHours(4));
        await Assert.That((await gateway.GetAsync("/d", Bearer())).Status).IsEqualTo(401);
    }

    [Test]
    [Arguments("253402300800", 200)]
    [Arguments("9223372036854775807", 200)]
    [Arguments("99999999999999999999", 401)]
    [Arguments("1772323260.5", 200)]
    [Arguments("1e300", 401)]
    [Arguments("1e999", 401)]
    [Arguments("-1", 401)]
    [Arguments("-99999999999999999999", 401)]
    [Arguments("\"1772323260\"", 401)]
    [Arguments("null", 401)]
    [Arguments("[1772323260]", 401)]
    public async Task A_token_may_expire_in_any_year_and_one_whose_expiry_is_not_a_number_has_expired(
        string expires,
        int status)
    {
        await using var gateway = await StartAsync();
        foreach (var path in (string[])["/http", "/rest"])
        {
            var token = SignRaw(
                """{"alg":"RS256","kid":"rsa-1","typ":"JWT"}""",
                Claims().Replace($"{Now + 60}", expires, StringComparison.Ordinal));
            await Assert.That((await gateway.GetAsync(path, "Authorization: Bearer " + token)).Status).IsEqualTo(status)
                .Because(path);
        }
    }

    [Test]
    [Arguments("nbf", "253402300800")]
    [Arguments("iat", "9223372036854775807")]
    [Arguments("nbf", "\"now\"")]
    [Arguments("iat", "{}")]
    public async Task A_token_whose_start_is_in_the_far_future_or_not_a_number_is_401(string claim, string value)
    {
        await using var gateway = await StartAsync();
        var token = SignRaw(
            """{"alg":"RS256","kid":"rsa-1"}""",
            Claims().Replace("\"sub\"", $"\"{claim}\":{value},\"sub\"", StringComparison.Ordinal));
        await Assert.That((await gateway.GetAsync("/http", "Authorization: Bearer " + token)).Summary())
            .IsEqualTo(Denied);
    }

    [Test]
    [Arguments("\"crit\":[\"exp\"],\"exp\":1")]
    [Arguments("\"crit\":[\"b64\"],\"b64\":true")]
    [Arguments("\"crit\":[]")]
    [Arguments("\"crit\":null")]
    public async Task A_token_with_a_critical_header_is_401_since_none_is_understood(string header)
    {
        await using var gateway = await StartAsync();
        var token = SignRaw($$"""{"alg":"RS256","kid":"rsa-1",{{header}}}""", Claims());
        var answer = await gateway.GetAsync("/http", "Authorization: Bearer " + token);
        await Assert.That(answer.Summary()).IsEqualTo(Denied);
        await Assert.That(answer.Lines("WWW-Authenticate")).Contains("critical headers");
    }

    [Test]
    public async Task A_key_checks_only_what_its_algorithm_use_and_curve_are_for()
    {
        await using var gateway = await StartAsync();
        var keys = JsonNode.Parse(_issuer.KeySet())!;
        JsonNode Copy(int index, string id, string? key = null, JsonNode? value = null)
        {
            var copy = keys["keys"]![index]!.DeepClone();
            copy["kid"] = id;
            if (key is not null)
                copy[key] = value;
            return copy;
        }

        using var small = RSA.Create(1024);
        var parameters = small.ExportParameters(false);
        var weak = Copy(0, "weak", "n", Base64UrlEncoder.Encode(parameters.Modulus));
        weak["e"] = Base64UrlEncoder.Encode(parameters.Exponent);
        ((JsonArray)keys["keys"]!).Add(Copy(0, "rs512", "alg", "RS512"));
        ((JsonArray)keys["keys"]!).Add(Copy(0, "pss", "alg", "PS256"));
        ((JsonArray)keys["keys"]!).Add(Copy(0, "enc", "use", "enc"));
        ((JsonArray)keys["keys"]!).Add(Copy(0, "ops", "key_ops", new JsonArray("encrypt")));
        ((JsonArray)keys["keys"]!).Add(weak);
        File.WriteAllText(Path.Combine(_folder, "keys.json"), keys.ToJsonString());
        async Task<int> StatusAsync(string id, string algorithm = "RS256", RSA? key = null) =>
            (await gateway.GetAsync("/http", "Authorization: Bearer "
                + SignRaw($$"""{"alg":"{{algorithm}}","kid":"{{id}}"}""", Claims(), key, algorithm))).Status;
        await Assert.That(await StatusAsync("rsa-1")).IsEqualTo(200);
        await Assert.That((await StatusAsync("rs512"), await StatusAsync("rs512", "RS512"))).IsEqualTo((401, 200));
        await Assert.That((await StatusAsync("pss"), await StatusAsync("pss", "PS256"))).IsEqualTo((401, 200));
        await Assert.That((await StatusAsync("enc"), await StatusAsync("ops"))).IsEqualTo((401, 401));
        await Assert.That(await StatusAsync("weak", key: small)).IsEqualTo(401);
        await Assert.That(await StatusAsync("ec-1")).IsEqualTo(401);
    }

    // Signed by hand: libraries refuse to create what attackers create.
    private string SignRaw(string header, string claims, RSA? key = null, string algorithm = "RS256")
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        var hash =
            algorithm.EndsWith("512", StringComparison.Ordinal) ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        var padding = algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        var signature = (key ?? _issuer.Rsa.Rsa).SignData(Encoding.ASCII.GetBytes(text), hash, padding);
        return $"{text}.{Base64UrlEncoder.Encode(signature)}";
    }

    [Test]
    [Arguments("pipe")]
    [Arguments("/dev/zero")]
    [Arguments("folder")]
    public async Task A_key_file_that_is_not_an_ordinary_file_is_not_opened_and_admits_nobody(string kind)
    {
        var path = Path.Combine(_folder, "keys");
        if (kind == "folder")
            Directory.CreateDirectory(path);
        else if (kind == "pipe")
            await System.Diagnostics.Process.Start("mkfifo", path).WaitForExitAsync();
        else
            File.CreateSymbolicLink(path, kind);
        await using var gateway = await StartAsync(
            $"routes: [{{ path: /a, function: echo, payload: '2.0', authorizer: {{ type: jwt, issuer: "
                + $"'{Issuer.Name}', audience: [shop], jwks_uri: '{path}' }} }}]");
        var token = _issuer.Sign(Claims());
        await Assert.That((await gateway.GetAsync("/a", $"Authorization: Bearer {token}")).Status).IsEqualTo(401);
    }

    private static string Claims() => $$"""{"iss":"{{Issuer.Name}}","aud":"shop","exp":{{Now + 60}},"sub":"u1"}""";

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);

    private Task<ServedConfiguration> StartAsync(string? routing = null)
    {
        var keys = Path.Combine(_folder, "keys.json");
        File.WriteAllText(keys, _issuer.KeySet());
        var authorizer = $"type: jwt, issuer: '{Issuer.Name}', audience: [shop], jwks_uri: '{keys}'";
        return ServedConfiguration.StartAsync(
            _time,
            routing ??
            $$"""
            routes:
              - { path: /http, function: echo, payload: "2.0", authorizer: { {{authorizer}} } }
              - { path: /rest, function: echo, authorizer: { {{authorizer}} } }
              - { path: /scoped, function: echo, payload: "2.0", authorizer: { {{authorizer}}, scopes: [write, admin] } }
            """,
            Echo.Function);
    }
}
