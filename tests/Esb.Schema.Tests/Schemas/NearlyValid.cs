using System.Globalization;
using CsCheck;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Schemas;

/// <summary>
/// Documents of the three kinds in which most is valid and anything may be wrong: values at the limits, of other kinds,
/// missing.
/// </summary>
internal static class NearlyValid
{
    private static readonly Gen<YamlNode> Plain = Gen.OneOf(
        "",
        "~",
        "null",
        "true",
        "FALSE",
        "yes",
        "0",
        "-0",
        "1",
        "2",
        "7",
        "1.0",
        "2.0",
        "1.5",
        "30.0",
        "3e1",
        "1e2",
        "900",
        "901",
        "1000",
        "1001",
        "64",
        "63",
            "10240",
        "10241",
        "86400",
        "86401",
        "-1",
        "+5",
        "007",
        "1e400",
        "-Infinity",
        "0x1F",
        "1_000",
        ".5",
        "GET",
        "any",
        "rate",
        "a",
        "a.b",
        "2147483648",
        "99999999999999999999")
        .Select(t => (YamlNode)new YamlScalar(t, plain: true));

    private static readonly Gen<YamlNode> Quoted = Gen.OneOf(
        "",
        " ",
        "true",
        "True",
        "tRUE",
        "0",
        "-0",
        "+0",
        "-00",
        "1",
        "01",
        "+1",
        "-1",
        "900",
        "0900",
        "901",
        "30.0",
        "3e1",
        "30\n",
        "30\0",
        " 30",
        "86400",
        "86401",
        "64",
        "63",
        "10240",
        "10241",
            "1000",
        "1001",
        "1.0",
        "2.0",
        "2",
        "GET",
        "get",
        "M-SEARCH",
        "-X",
        "GET\n",
        "G T",
        "a",
        "a b",
        "a\n",
        "ä",
        "a\0b",
        "a=b",
        "x1234567890123456789012345678901234567890123456789012345678901234")
        .Select(t => (YamlNode)new YamlScalar(t));

    private static readonly Gen<YamlNode> Scalar = Gen.OneOf(Plain, Quoted);

    private static readonly Gen<YamlNode> Anything = Gen.OneOf(
        Scalar,
        Scalar.Array[0, 2].Select(i => (YamlNode)new YamlSequence(i)),
        Gen.Select(Gen.OneOf("type", "container", "rate", "x"), Scalar)
            .Select(p => (YamlNode)YamlMapping.Of((p.Item1, p.Item2))));

    private static readonly Gen<YamlNode> Number = Mostly(Gen.Int[-2, 100_000]
        .Select(n => (YamlNode)YamlScalar.Number(n)));

    private static readonly Gen<YamlNode> QuotedNumber = Gen.Int[-2, 100_000]
        .Select(n => (YamlNode)new YamlScalar($"{n}"));

    private static readonly Gen<YamlNode> Text = Mostly(Gen.OneOf("app.handler", "/srv/a", "python3.12")
        .Select(t => (YamlNode)YamlScalar.Text(t)));

    private static readonly Gen<YamlNode> Texts = Mostly(List(Text));

    private static readonly Gen<YamlNode> FunctionName = Mostly(Gen.OneOf("orders", "a-b_c", "7x")
        .Select(t => (YamlNode)YamlScalar.Text(t)));

    private static readonly Gen<string> Segment = Gen.OneOf(
        "a",
        "b",
        "{a}",
        "{b}",
        "{a+}",
        "{b+}",
        "{}",
        "{+}",
        "{a++}",
        "{a",
        "a}",
        "x{a}",
        "",
        "ä b",
        "{a}{b}",
        "$default",
        "\n");

    private static readonly Gen<YamlNode> Path = Mostly(Gen.Select(
        Segment.Array[0, 4], Gen.OneOf("/", "", "//"), Gen.OneOf("", "/", "\n"))
        .Select((segments, first, last) => (YamlNode)new YamlScalar(first + string.Join('/', segments) + last)));

    private static readonly Gen<YamlNode> Environment = Mostly(
        Gen.Select(Gen.OneOf("A", "TABLE", "_b", "", "a=b", "a-b", "a\0", "ä", "A\n", "7"), Mostly(Text)).Array[0, 3]
            .Select(p => (YamlNode)Mapping(p)));

    private static readonly Gen<YamlNode> ScalingOf = Of(
        ("min_capacity", Integers()),
        ("max_capacity", Integers()),
        ("idle_timeout", Integers()),
        ("acquire_timeout", Integers()),
        ("more", Anything));

    private static readonly Gen<YamlNode> State = Gen.OneOf("ENABLED", "DISABLED", "enabled", "", "true")
        .Select(t => (YamlNode)new YamlScalar(t));

    // The known time zones depend on the machine, not on a schema.
    private static readonly Gen<YamlNode> Zone = Gen.OneOf(
        Gen.OneOf("UTC", "Etc/UTC").Select(t => (YamlNode)YamlScalar.Text(t)),
        Gen.OneOf("7", "true", "~").Select(t => (YamlNode)new YamlScalar(t, plain: true)));

    // A schema cannot check what is between the brackets; these are valid.
    private static readonly Gen<YamlNode> Expression = Mostly(
        Gen.OneOf("rate(5 minutes)", " cron (0 12 * * ? *) ", "at(2030-01-31T12:00:00)", "hello", "rate 5", "")
            .Select(t => (YamlNode)new YamlScalar(t)));

    private static readonly Gen<YamlNode> Target = Mostly(Of(("function", FunctionName)));

    private static readonly Gen<YamlNode> Asynchronous = Of(
        ("maximum_retry_attempts", Integers()),
        ("maximum_event_age_in_seconds", Integers()),
        ("on_success", Target),
        ("on_failure", Target),
        ("dead_letter", Target));

    private static readonly Gen<YamlNode> Url = Of((
        "invoke_mode",
        Gen.OneOf("BUFFERED", "RESPONSE_STREAM", "STREAM", "").Select(t => (YamlNode)new YamlScalar(t))));

    private static readonly Gen<YamlNode> Events = Mostly(List(Of(
        ("schedule", Of(
            ("expression", Expression),
            ("rate", Expression),
            ("input", Text),
            ("enabled", Anything),
            ("state", State),
            ("timezone", Zone),
            ("start_date", Moment(2030)),
            ("end_date", Moment(2031)),
            ("retry", Of(("maximum_retry_attempts", Integers()), ("maximum_event_age_in_seconds", Integers()))))),
        ("sqs", Anything))));

    private static readonly Gen<YamlNode> Function = Of(
        ("image", Text), ("code", Text), ("runtime", Text), ("handler", Text), (
            "revision", Text), ("timeout", Integers()), ("memory_size", Integers()), ("ephemeral_storage", Integers()),
        ("image_config", Mostly(Of(
            ("entry_point", Mostly(List(Text))), ("command", Mostly(List(Text))), ("working_directory", Text)))),
        ("environment", Environment), ("layers", Texts), ("ephemeral_storage", Integers()), (
            "image_config", Mostly(Of(("entry_point", Texts), ("command", Texts), ("working_directory", Text)))), (
                "scaling", ScalingOf), ("events", Events), ("more", Anything), ("async", Mostly(Asynchronous)),
        ("reserved_concurrency", Integers()), (
            "provisioned_concurrency", Integers()), ("aliases", Mostly(List(Text))), ("url", Mostly(Url)));

    private static readonly Gen<YamlNode> HeaderValue = Gen.OneOf(
        "*", "ETag", "a, b", "ä", "a\tb", "a\r\nSet-Cookie: b", "a\n", "\0", "\u007f", "\u0085")
        .Select(t => (YamlNode)new YamlScalar(t));

    private static readonly Gen<YamlNode> HeaderValues = Gen.OneOf(
        Text, HeaderValue, Mostly(List(Gen.OneOf(Text, HeaderValue))), Anything);

    private static readonly Gen<YamlNode> Headers = Mostly(
        Gen.Select(
            Gen.OneOf("X-A", "etag", "a b", "a:", "a\n", "", "ä", "!#$%&'*+-.^_`|~7"),
            Gen.OneOf(Scalar, HeaderValue, Anything)).Array[0, 2].Select(p => (YamlNode)Mapping(p)));

    private static readonly Gen<YamlNode> Cors = Of(
        ("allow_origins", HeaderValues), ("allow_methods", HeaderValues), (
            "allow_headers", HeaderValues), ("expose_headers", HeaderValues), ("max_age", Integers()),
        ("allow_credentials", Gen.OneOf(
            Anything, Gen.OneOf("true", "false").Select(t => (YamlNode)new YamlScalar(t, plain: true)))));

    private static readonly Gen<YamlNode> Mock = Mostly(Of(
        ("status", Gen.OneOf(Integers(), Gen.OneOf("200", "+0599", "199", "600", "404\n")
            .Select(t => (YamlNode)new YamlScalar(t)))), ("headers", Headers), ("body", Anything)));

    // A schema cannot see the parameters of the path; these have none.
    private static readonly Gen<YamlNode> Address = Gen.OneOf(
        "https://a.example.com",
        "http://127.0.0.1:8080/x/?a=b&c",
        "http://[::1]/",
        "http://h:65000/",
        "http://h:70000/",
        "ftp://h/",
        "https://u:p@h/",
        "https://h/ x",
        "https://h/\n",
        "https:///x",
        "h/x",
        "",
            "https://h?x=1",
        "https://h/a\\b",
        "https://h/#f",
        "https://h?x={a}",
        "https://{a}/").Select(t => (YamlNode)new YamlScalar(t));

    private static readonly Gen<YamlNode> HttpProxy = Mostly(Of(
        ("uri", Mostly(Address)),
        ("method", Anything),
        ("timeout_ms", Gen.OneOf(
            Integers(), Gen.OneOf("49", "50", "30000", "30001").Select(t => (YamlNode)new YamlScalar(t)))),
        ("headers", Headers)));

    private static readonly Gen<YamlNode> Source = Mostly(Gen.OneOf(
        "$request.header.X", "method.request.querystring.a", "$context.routeKey", "stageVariables.x, "
            + "$request.header.Y", "X", "$request.header.", "", " , ", "$$route.context.a ,,", "request.header.x,y")
        .Select(t => (YamlNode)new YamlScalar(t)));

    private static readonly Gen<YamlNode> Sources = Gen.OneOf(Source, List(Source));

    // A schema cannot check regular expressions and beginnings of paths; these are valid.
    private static readonly Gen<YamlNode> Authorizer = Mostly(Of(
        ("type", Mostly(Gen.OneOf("none", "jwt", "lambda", "api_key", "iam", "unsupported", "JWT")
            .Select(t => (YamlNode)new YamlScalar(t)))),
        ("issuer", Text), ("audience", Texts), (
            "jwks_uri", Text), ("scopes", Texts), ("identity_source", Sources), ("function", FunctionName),
        ("kind", Mostly(Gen.OneOf("TOKEN", "REQUEST", "token").Select(t => (YamlNode)new YamlScalar(
            t)))), ("ttl", Integers()), ("payload", Anything), ("simple_responses", Anything),
        ("validation", Gen.Const((YamlNode)new YamlScalar("^Bearer .+$"))), ("reason", Text)));

    private static readonly Gen<YamlNode> OpenedApi = Mostly(Of(("api", Text), ("stage", Text)));

    private static readonly Gen<YamlNode> OpenedApis = Gen.OneOf(
        Texts, OpenedApi, Mostly(List(Gen.OneOf(Text, OpenedApi))));

    private static readonly Gen<YamlNode> Application = Gen.OneOf(
        Anything,
        Gen.OneOf("shop", "a-1", "", "1a", "a b", "a\n", "-a").Select(t => (YamlNode)new YamlScalar(t)),
        Gen.OneOf("true", "null", "7").Select(t => (YamlNode)new YamlScalar(t, plain: true)));

    private static readonly Gen<YamlNode> ApiKey = Mostly(Of(
        ("name", Text), ("value", Text), ("value_env", Text),
        ("rate", Gen.OneOf(
            Anything,
            Gen.OneOf("0.5", ".5", "5.", "0", "0.0", "1e2", "-1", "5\0", "5\n", ".")
                .Select(t => (YamlNode)new YamlScalar(t)),
            Gen.OneOf("0.5", "-1", "0").Select(t => (YamlNode)new YamlScalar(t, plain: true)))),
        ("burst", Integers()), ("enabled", Anything), ("application", Application), ("apis", OpenedApis),
        ("quota", Mostly(Of(
            ("limit", Integers()),
            ("period", Mostly(Gen.OneOf("DAY", "week", "Month", "YEAR", "DAY,WEEK", "0", "day\n")
                .Select(t => (YamlNode)new YamlScalar(t)))),
            ("offset", Integers()))))));

    private static readonly Gen<YamlNode> Route = Of(
        ("path",
            Path), ("method", Anything), ("function", Gen.Frequency(
                (8, FunctionName),
                (3, Of(("container", FunctionName))),
                (1, Gen.Const((YamlNode)new YamlScalar("", plain: true))))), (
                "payload", Gen.OneOf(Anything, Gen.OneOf("1.0", "2.0").Select(t => (YamlNode)new YamlScalar(t)))), (
                "cors", Cors), ("authorizer", Authorizer), ("more", Anything),
        ("api_key_required", Anything), ("api", Text), ("stage", Text), ("stage_variables", Anything), (
            "binary_media_types", Texts), ("function_url", Anything), ("application", Application));

    // One of three answers; mostly one of them is present.
    private static readonly Gen<YamlNode> AnsweredRoute = Gen.OneOf(
        Route, Gen.Select(Route, Gen.OneOf("mock", "http_proxy"), Gen.OneOf(Mock, HttpProxy), Gen.Bool)
            .Select((route, key, target, alone) =>
            (YamlNode)(alone ? ((YamlMapping)route).Without("function") : (YamlMapping)route).With(key, target)));

    private static readonly Gen<YamlNode> Version = Gen.Frequency(
        (8, Gen.OneOf("1", "1.0", "1.7").Select(t => (YamlNode)new YamlScalar(t, plain: true))),
        (2, Gen.OneOf("2", "2.0", "02", "1.9", "10", "2.", "v2", "1.2.3", "2\n", ".5")
            .SelectMany(t => Gen.Bool.Select(plain => (YamlNode)new YamlScalar(t, plain && !t.EndsWith('\n'))))),
        (1, Gen.OneOf("0", "-1", "0.9", "00.5", "-0")
            .SelectMany(t => Gen.Bool.Select(plain => (YamlNode)new YamlScalar(t, plain)))),
        (1, Anything));

    public static Gen<YamlMapping> Functions { get; } = Root(
        ("version", Version),
        ("defaults", Of(
            ("environment", Environment),
            ("scaling", ScalingOf),
            ("timeout", Integers()),
            ("memory_size", Integers()),
            ("more", Anything))),
        ("functions", Mostly(Gen.Select(Gen.OneOf("orders", "a-b", "", "a.b", "a b", "a\n", "7"), Mostly(Function))
            .Array[0, 2]
            .Select(p => (YamlNode)Mapping(p)))),
        ("more", Anything));

    public static Gen<YamlMapping> Routing { get; } = Root(
        ("version", Version),
        ("routes", Mostly(List(Mostly(AnsweredRoute)))),
        ("api_keys", Mostly(List(ApiKey))),
        ("more", Anything));

    public static Gen<YamlMapping> Resources { get; } = Root(
        ("version", Version),
        ("resources", Of(
            ("dynamodb", Kind("TableName")),
            ("s3", Kind("BucketName")),
            ("layers", Kind("Name")),
            ("sqs", Anything))), ("more", Anything));

    private static Gen<YamlNode> Kind(string name) => Mostly(List(
        Mostly(Of((name, Text), ("KeySchema", Anything), ("BillingMode", Anything), ("application", Application)))));

    private static Gen<YamlNode> Integers() =>
        Gen.Frequency((3, Number), (2, QuotedNumber), (2, Scalar), (1, Anything));

    // Of different years, because a schema cannot state that an end comes after its start.
    private static Gen<YamlNode> Moment(int year) => Mostly(Gen.OneOf(
        "-01-31T12:00:00Z",
        "-01-31",
        "-12-01T23:59",
        "-06-30T00:00:00.5+02:00",
        "-02-28 01:02:03",
        "-13-01",
        "-01-32",
        "-01-31T24:00:00Z",
        "-01-31T12:00:00+25:00",
        "-1-1",
        "-01-31T12:00:00Z\n",
        " ")
        .Select(t => (YamlNode)new YamlScalar(year.ToString(CultureInfo.InvariantCulture) + t)));

    private static Gen<YamlNode> Mostly(Gen<YamlNode> right) => Gen.Frequency((12, right), (1, Anything));

    private static Gen<YamlNode> List(Gen<YamlNode> items) =>
        items.Array[0, 3].Select(i => (YamlNode)new YamlSequence(i));

    // Each key is omitted as often as it is present, so that required keys are missing often enough.
    private static Gen<YamlNode> Of(params (string Key, Gen<YamlNode> Value)[] keys) =>
        keys.Aggregate(
            Gen.Const(new List<(string, YamlNode)>()),
            (before, key) => Gen.Select(before, Gen.Bool, key.Value, (entries, there, value) =>
                there ? [.. entries, (key.Key, value)] : entries))
        .Select(entries => (YamlNode)Mapping([.. entries]));

    private static Gen<YamlMapping> Root(params (string Key, Gen<YamlNode> Value)[] keys) =>
        Of(keys).Select(n => (YamlMapping)n);

    private static YamlMapping Mapping((string Key, YamlNode Value)[] entries) =>
        new YamlMapping(
            [.. entries.DistinctBy(e => e.Key).Select(e => new YamlEntry(YamlScalar.Text(e.Key), e.Value))]);
}
