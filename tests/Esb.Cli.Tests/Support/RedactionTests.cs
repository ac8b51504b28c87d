using CsCheck;
using Esb.Cli.SupportBundles;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Support;

/// <summary>No text contains a known secret afterwards.</summary>
internal sealed class RedactionTests
{
    private const string Awkward = "Tr0ub4dor&3/x+y=z<ü>";

    private static readonly HashSet<string> Nothing = [];

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.String[Gen.Char["abcXYZ019+/=\"'\\\n\t<>&é€*:. "], 6, 40],
        Gen.String[Gen.Char.AlphaNumeric, 6, 40],
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 8, 20], Gen.String[Gen.Char.AlphaNumeric, 8, 20])
            .Select((a, b) => $"-----BEGIN X-----\n{a}\n{b}\n"));

    [Test]
    public void No_spelling_of_a_value_is_left_in_a_text_that_contained_all_of_them() =>
        Gen.Select(Value.List[1, 6], Gen.String.List[0, 8], Gen.Int[0, 1_000]).Sample(
            (values, noise, seed) =>
            {
                var redaction = new Redaction(values.Select(value => new SecretValue("", value, false)), Nothing);
                var pieces = values.SelectMany(Spellings.Of).Concat(noise).ToArray();
                new Random(seed).Shuffle(pieces);
                var clean = redaction.Apply(string.Concat(pieces));
                return values.SelectMany(Spellings.Of).Where(text => text.Length >= 4)
                    .All(text => !clean.Contains(text, StringComparison.Ordinal));
            },
            iter: 2_000);

    [Test]
    [Arguments("Tr0ub4dor%263/x%2By%3Dz%3C%C3%BC%3E", "Python's quote leaves the slash")]
    [Arguments("Tr0ub4dor%263%2fx%2by%3dz%3c%c3%bc%3e", "lower case")]
    [Arguments("Tr0ub4dor&3/x+y=z%3C%C3%BC%3E", "encodeURI")]
    [Arguments("Tr0ub4dor%25263%252Fx%252By%253Dz%253C%25C3%25BC%253E", "a URL in a URL")]
    [Arguments("Tr0ub4dor\\u00263/x+y=z\\u003cü\\u003e", "Go's JSON")]
    [Arguments("Tr0ub4dor&3\\/x+y=z<\\u00fc>", "PHP's JSON")]
    [Arguments("Tr0ub4dor&3\\\\/x+y=z<\\\\u00fc>", "PHP's JSON in JSON")]
    [Arguments("Tr0ub4dor&amp;3/x+y=z&lt;&#252;&gt;", "HTML")]
    [Arguments("Tr0ub4dor&3/x+y=z<\\xfc>", "Python's repr")]
    [Arguments("Tr0ub4dor&3/x+y=z<\\xc3\\xbc>", "Python's repr of bytes")]
    public async Task A_value_is_masked_however_a_language_escapes_it(string written, string by)
    {
        var redaction = new Redaction([new SecretValue("", Awkward, false)], Nothing);
        await Assert.That(redaction.Apply($"a \\n {written} 100% &c")).IsEqualTo("a \\n *** 100% &c").Because(by);
    }

    [Test]
    [Arguments("a:", "")]
    [Arguments("ab:", "")]
    [Arguments("abcde:", "")]
    [Arguments("", "x")]
    [Arguments("ab:", "xy")]
    public async Task A_value_is_masked_at_any_position_in_base64(string before, string after)
    {
        var redaction = new Redaction([new SecretValue("", Awkward, false)], Nothing);
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(before + Awkward + after));
        foreach (var written in new[] { encoded, encoded.Replace("+", "%2b", StringComparison.Ordinal) })
            // A character of base64 at either end represents bits of the value and of the text next to it.
            await Assert.That(redaction.Apply($"[{written}]")).Matches(@"^\[\w{0,9}\*\*\*(?:%2b)?\w{0,4}=*\]$");
    }

    [Test]
    public void Text_without_a_secret_value_stays_as_it_is() =>
        Gen.Select(
            Gen.String[Gen.Char["0123456789"], 6, 20].List[0, 5], Gen.String[Gen.Char["abcdef \n"], 0, 200]).Sample(
            (values, text) =>
                new Redaction(values.Select(value => new SecretValue("", value, false)), Nothing).Apply(text) == text);

    [Test]
    [Arguments("postgres://app:hunter2hunter2@db:5432/x", "postgres://***@db:5432/x")]
    [Arguments("Authorization: Bearer abcdefghijkl", "Authorization: Bearer ***")]
    [Arguments("key AKIAIOSFODNN7EXAMPLE used", "key *** used")]
    [Arguments("t=eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJ;", "t=***;")]
    [Arguments("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter", "***\nafter")]
    [Arguments("http://127.0.0.1:8080/a@b", "http://127.0.0.1:8080/a@b")]
    [Arguments("amqp://a:b@c amqps://d:e@f", "amqp://***@c amqps://***@f")]
    public async Task Text_that_looks_like_a_credential_is_always_masked(string text, string expected) =>
        await Assert.That(new Redaction([], Nothing).Apply(text)).IsEqualTo(expected);

    // A pattern that backtracks needs hours for one of these texts.
    [Test]
    [Arguments("a")]
    [Arguments("a://")]
    [Arguments("a://b:")]
    [Arguments("eyJaaaaaaaa-")]
    [Arguments("eyJaaaaaaaa.bbbbbbbb.")]
    [Arguments("Bearer ")]
    [Arguments("Bearer\n")]
    [Arguments("AKIA0000000000000000")]
    [Arguments("-----BEGIN A PRIVATE KEY-----")]
    [Arguments("-----BEGIN ")]
    public async Task A_text_of_eight_million_characters_is_searched_whatever_it_repeats(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 8_000_000 / piece.Length));
        await Assert.That(new Redaction([], Nothing).Apply(text).Length).IsGreaterThan(0);
    }

    [Test]
    public async Task Short_and_common_values_are_masked_where_they_are_configured_and_nowhere_else()
    {
        var secrets = new[]
        {
            new SecretValue("a", "7", false), new SecretValue(
                "b", "orders", false), new SecretValue("c", "info!", false), new SecretValue("d", "p4ss", true),
        };
        await Assert.That(new Redaction(secrets, new HashSet<string> { "orders" }).Apply("7 orders info! p4ss"))
            .IsEqualTo("7 orders info! ***");
    }

    [Test]
    public async Task Names_are_kept_and_values_are_masked_in_each_of_the_three_files()
    {
        var document = (YamlMapping)YamlReader.Read(
            """
            # a comment with s3cret
            defaults: { environment: { LOG_LEVEL: INFO } }
            functions:
              orders:
                runtime: python3.12
                environment: { TOKEN: s3cret-token, EMPTY: '' }
                events: [ { schedule: { expression: rate(1 minute), input: '{"pin":1234}' } } ]
            routes:
              - { path: /a, function: orders, api_key_required: true, stage_variables: { db: s3cret-db } }
            api_keys:
              - { name: partner, value: s3cret-key, rate: 5 }
              - { name: other, value_env: OTHER_KEY_FILE }
            resources: { s3: [ { BucketName: receipts, Tags: [ { Key: a, ClientSecret: s3cret-tag } ] } ] }
            """,
            "f.yml",
            new DiagnosticBag())!;
        var redacted = DocumentRedaction.Of("f.yml", document);
        await Assert.That(YamlTextWriter.Write(redacted.Document)).IsEqualTo(
            """
            defaults:
              environment:
                LOG_LEVEL: "***"
            functions:
              orders:
                runtime: python3.12
                environment:
                  TOKEN: "***"
                  EMPTY: ""
                events:
                  - schedule:
                      expression: rate(1 minute)
                      input: "***"
            routes:
              - path: /a
                function: orders
                api_key_required: true
                stage_variables:
                  db: "***"
            api_keys:
              - name: partner
                value: "***"
                rate: 5
              - name: other
                value_env: OTHER_KEY_FILE
            resources:
              s3:
                - BucketName: receipts
                  Tags:
                    - Key: a
                      ClientSecret: "***"

            """);
        await Assert.That(redacted.Removed.Select(r => r.Where)).IsEquivalentTo(
        [
            "f.yml defaults environment.LOG_LEVEL", "f.yml functions orders environment.TOKEN",
            "f.yml functions orders events[0] schedule input",
            "f.yml routes[/a] stage_variables.db", "f.yml api_keys[partner] value",
            "f.yml resources s3[receipts] Tags[0] ClientSecret",
        ]);
    }

    [Test]
    public async Task Values_sent_to_another_server_and_values_of_tags_are_masked_in_logs_too()
    {
        var document = (YamlMapping)YamlReader.Read(
            """
            functions: { orders: { environment: { A: value-of-a, B: value-of-b, C: value-of-c, D: value-of-d, E: orders, F: value-of-f } } }
            routes:
              - { path: /a, http_proxy: { uri: "https://u:pw@h:8443/value-of-a?x=value-of-b", headers: { X-Auth: value-of-c } } }
              - { path: "/{p}", http_proxy: { uri: "https://h/{p}" } }
              - { path: /m, mock: { status: 200, headers: { X: y }, body: value-of-f } }
            resources: { s3: [ { BucketName: receipts, Tags: [ { Key: a, Value: value-of-d } ] } ] }
            """,
            "f.yml",
            new DiagnosticBag())!;
        var redacted = DocumentRedaction.Of("f.yml", document);
        var text = YamlTextWriter.Write(redacted.Document);
        await Assert.That(text).DoesNotContain("value-of").And.DoesNotContain("pw@");
        await Assert.That(text).Contains("uri: \"https://h:8443/****\"").And.Contains(
            "uri: \"https://h/{p}\"").And.Contains("X-Auth: \"***\"").And.Contains("Key: a");
        var log = new Redaction(redacted.Removed, redacted.Visible)
            .Apply("value-of-a value-of-b value-of-c value-of-d orders value-of-f");
        await Assert.That(log).IsEqualTo("*** *** *** *** orders ***");
    }

    [Test]
    public void A_plan_takes_the_newest_logs_first_and_never_more_than_its_limit() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, 5_000], Gen.Int[0, 50]).List[0, 30], Gen.Int[0, 20_000]).Sample((files, total) =>
        {
            var all = files.Select(
                (file, i) => new LogFile($"{i}", file.Item1, DateTimeOffset.UnixEpoch.AddDays(file.Item2))).ToList();
            var plan = LogExcerpts.Plan(all, total);
            return plan.Sum(p => p.Bytes) <= total
                && plan.All(p => p.Bytes > 0 && p.Bytes <= p.File.Length)
                && plan.Zip(plan.Skip(1)).All(pair => pair.First.File.ChangedAt >= pair.Second.File.ChangedAt);
        });

    [Test]
    public async Task An_excerpt_begins_at_the_beginning_of_a_line()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "first line\nsecond line\nthird\n");
        await Assert.That(LogExcerpts.Read(file, 6)).IsEqualTo("third\n");
        await Assert.That(LogExcerpts.Read(file, 10)).IsEqualTo("third\n");
        await Assert.That(LogExcerpts.Read(file, 18)).IsEqualTo("second line\nthird\n");
        await Assert.That(LogExcerpts.Read(file, 3)).IsEqualTo("");
        await Assert.That(LogExcerpts.Read(file, 1_000)).IsEqualTo("first line\nsecond line\nthird\n");
        File.Delete(file);
    }
}
