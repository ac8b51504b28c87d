using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Esb.Gateway.Tests.Routing;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Events;

internal sealed class EventTests
{
    private const string Request =
        """
        POST /orders/a%2Fb/caf%C3%A9?tag=x&Tag=1&tag=y%20z&flag&plus=a+b HTTP/1.1
        Host: api.example.com:8080
        User-Agent: tests
        Accept: a
        Accept: b
        Cookie: one=1; two=2;
        x-lower: 1
        X-Forwarded-For: 203.0.113.9
        X-Forwarded-Proto: https
        Content-Type: application/json; charset=utf-8
        Content-Length: 9

        {"n":"1"}
        """;

    [Test]
    public async Task A_REST_event_has_every_documented_field_with_its_name_type_null_and_encoding()
    {
        var actual = await EventAsync(Request, "POST /orders/{id}/{name+}");
        const string Expected =
            """
            {
              "resource": "/orders/{id}/{name+}",
              "path": "/orders/a%2Fb/caf%C3%A9",
              "httpMethod": "POST",
              "headers": {
                "Accept": "b", "Content-Length": "9", "Content-Type": "application/json; charset=utf-8", "Cookie": "one=1; two=2;",
                "Host": "api.example.com:8080", "User-Agent": "tests", "x-lower": "1",
                "X-Amzn-Trace-Id": "Root=1-55267070-abcdef012345678912345678",
                "X-Forwarded-For": "203.0.113.9, 127.0.0.1", "X-Forwarded-Port": "8080", "X-Forwarded-Proto": "http"
              },
              "multiValueHeaders": {
                "Accept": ["a", "b"], "Content-Length": ["9"], "Content-Type": ["application/json; charset=utf-8"], "Cookie": ["one=1; two=2;"],
                "Host": ["api.example.com:8080"], "User-Agent": ["tests"], "x-lower": ["1"],
                "X-Amzn-Trace-Id": ["Root=1-55267070-abcdef012345678912345678"],
                "X-Forwarded-For": ["203.0.113.9, 127.0.0.1"], "X-Forwarded-Port": ["8080"], "X-Forwarded-Proto": ["http"]
              },
              "queryStringParameters": { "tag": "y z", "Tag": "1", "flag": "", "plus": "a b" },
              "multiValueQueryStringParameters": { "tag": ["x", "y z"], "Tag": ["1"], "flag": [""], "plus": ["a b"] },
              "requestContext": {
                "resourceId": null, "resourcePath": "/orders/{id}/{name+}", "httpMethod": "POST", "extendedRequestId": "YzZhZjlhYzYtN2I=",
                "requestTime": "09/Apr/2015:12:34:56 +0000", "path": "/orders/a%2Fb/caf%C3%A9", "protocol": "HTTP/1.1", "stage": "Prod",
                "requestTimeEpoch": 1428582896789, "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
                "identity": {
                  "accessKey": null, "accountId": null, "caller": null, "cognitoAuthenticationProvider": null, "cognitoAuthenticationType": null,
                  "cognitoIdentityId": null, "cognitoIdentityPoolId": null, "principalOrgId": null, "user": null, "userArn": null,
                  "sourceIp": "127.0.0.1", "userAgent": "tests"
                },
                "accountId": "000000000000", "apiId": "esb", "domainName": "api.example.com", "domainPrefix": "api"
              },
              "pathParameters": { "id": "a%2Fb", "name": "caf%C3%A9" },
              "stageVariables": null,
              "body": "{\"n\":\"1\"}",
              "isBase64Encoded": false
            }
            """;
        await AssertSame(actual, Expected);
    }

    [Test]
    public async Task An_HTTP_event_has_every_documented_field_with_its_name_type_and_encoding()
    {
        var actual = await EventAsync(Request, "2.0 POST /orders/{id}/{name+}");
        const string Expected =
            """
            {
              "version": "2.0",
              "routeKey": "POST /orders/{id}/{name+}",
              "rawPath": "/orders/a/b/café",
              "rawQueryString": "tag=x&Tag=1&tag=y%20z&flag&plus=a+b",
              "cookies": ["one=1", "two=2"],
              "headers": {
                "accept": "a,b", "content-length": "9", "content-type": "application/json; charset=utf-8", "host": "api.example.com:8080",
                "user-agent": "tests", "x-lower": "1", "x-amzn-trace-id": "Root=1-55267070-abcdef012345678912345678",
                "x-forwarded-for": "203.0.113.9, 127.0.0.1", "x-forwarded-port": "8080", "x-forwarded-proto": "http"
              },
              "queryStringParameters": { "tag": "x,y z", "Tag": "1", "flag": "", "plus": "a b" },
              "requestContext": {
                "accountId": "000000000000", "apiId": "esb", "domainName": "api.example.com", "domainPrefix": "api",
                "http": { "method": "POST", "path": "/orders/a/b/café", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "tests" },
                "requestId": "YzZhZjlhYzYtN2I=", "routeKey": "POST /orders/{id}/{name+}", "stage": "$default",
                "time": "09/Apr/2015:12:34:56 +0000", "timeEpoch": 1428582896789
              },
              "pathParameters": { "id": "a/b", "name": "café" },
              "body": "{\"n\":\"1\"}",
              "isBase64Encoded": false
            }
            """;
        await AssertSame(actual, Expected);
    }

    [Test]
    public async Task What_is_absent_is_null_in_a_REST_event_and_left_out_of_an_HTTP_event()
    {
        const string Bare = "GET /bare? HTTP/1.1\nHost: h\n\n";
        var rest = await EventAsync(Bare, "GET /bare");
        foreach (var name in (string[])[
            "queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables", "body",
        ])
            await Assert.That(rest.AsObject().ContainsKey(name) && rest[name] is null).IsTrue().Because(name);
        await Assert.That(rest["requestContext"]!["identity"]!["userAgent"]).IsNull();
        var http = await EventAsync(Bare, "2.0 $default");
        foreach (var name in (string[])["queryStringParameters", "cookies", "pathParameters", "stageVariables", "body"])
            await Assert.That(http.AsObject().ContainsKey(name)).IsFalse().Because(name);
        await Assert.That((string?)http["routeKey"]).IsEqualTo("$default");
        await Assert.That((string?)http["rawQueryString"]).IsEqualTo("");
        await Assert.That((string?)http["headers"]!["content-length"]).IsEqualTo("0");
    }

    [Test]
    // For HTTP APIs, as measured on the service. For REST APIs, the bytes are preserved, which the service does only
    // with binaryMediaTypes.
    [Arguments("text/plain", "h\u00C3\u00A9", false, false)]
    [Arguments("application/json", "{}", false, false)]
    [Arguments("APPLICATION/XML; charset=utf-8", "<a/>", false, false)]
    [Arguments("application/javascript", "1", false, false)]
    [Arguments("application/x-www-form-urlencoded", "a=1", false, true)]
    [Arguments("multipart/form-data; boundary=b", "--b--", false, true)]
    [Arguments("application/vnd.api+json", "{}", false, true)]
    [Arguments("application/octet-stream", "abc", true, true)]
    [Arguments("image/png", "abc", true, true)]
    [Arguments("image/svg+xml", "<svg/>", false, true)]
    [Arguments("text/plain", "\u00FF\u00FE", true, true)]
    [Arguments(null, "abc", false, true)]
    public async Task A_body_is_text_or_base64_by_its_type_and_always_the_same_bytes(
        string? type,
        string body,
        bool rest,
        bool http)
    {
        var request = $"POST /b HTTP/1.1\nHost: h\n{(type is null ? "" : $"Content-Type: {type}\n")}Content-Length: "
            + $"{body.Length}\n\n{body}";
        foreach (var (route, base64) in ((string, bool)[])[("POST /b", rest), ("2.0 POST /b", http)])
        {
            var json = await EventAsync(request, route);
            await Assert.That((bool)json["isBase64Encoded"]!).IsEqualTo(base64).Because(route);
            var text = (string)json["body"]!;
            var bytes = base64 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
            await Assert.That(Convert.ToHexString(bytes))
                .IsEqualTo(Convert.ToHexString(Encoding.Latin1.GetBytes(body)));
        }
    }

    [Test]
    public async Task The_length_of_binary_content_is_not_passed_by_a_REST_API_and_headers_of_the_connection_never()
    {
        const string Binary =
            "POST /b HTTP/1.1\nHost: h\nContent-Type: image/png\nContent-Length: 3\nKeep-Alive: 5\nTE: trailers\n\nabc";
        var headers = (await EventAsync(Binary, "POST /b"))["headers"]!.AsObject();
        await Assert.That(headers.Select(h => h.Key)).DoesNotContain("Content-Length").And.DoesNotContain(
            "Keep-Alive").And.DoesNotContain("TE").And.DoesNotContain("Connection");
    }

    [Test]
    public async Task A_chunked_body_and_an_absolute_target_make_the_same_event_as_plain_ones()
    {
        const string Chunked = "POST http://h/b?x=%C3%A9 HTTP/1.1\nHost: h\nContent-Type: "
            + "text/plain\nTransfer-Encoding: chunked\n\n2\nab\n1\nc\n0\n\n";
        var json = await EventAsync(Chunked, "2.0 POST /b");
        await Assert.That((string?)json["body"]).IsEqualTo("abc");
        await Assert.That((string?)json["rawPath"]).IsEqualTo("/b");
        await Assert.That((string?)json["queryStringParameters"]!["x"]).IsEqualTo("é");
        await Assert.That((string?)json["headers"]!["content-length"]).IsEqualTo("3");
    }

    [Test]
    [Arguments("/a%", "/a%")]
    [Arguments("/a%zz", "/a%zz")]
    [Arguments("/%FF", "/%FF")]
    [Arguments("/%22%5C%0A", "/\"\\\n")]
    public async Task Broken_or_dangerous_percent_encoding_makes_valid_JSON_and_loses_nothing(
        string path,
        string expected)
    {
        var json = await EventAsync($"GET {path}?{path[1..]}={path[1..]} HTTP/1.1\nHost: h\n\n", "2.0 ANY /{proxy+}");
        await Assert.That((string?)json["rawPath"]).IsEqualTo(expected);
        await Assert.That((string?)json["pathParameters"]!["proxy"]).IsEqualTo(expected[1..]);
        await Assert.That(json["queryStringParameters"]!.AsObject().Single().Key).IsEqualTo(expected[1..]);
    }

    private static async Task<JsonNode> EventAsync(string request, string route)
    {
        byte[] seen = [];
        await using var server = await ApiServer.StartAsync(Routes.Table(route), payload =>
        {
            seen = payload;
            return """{"statusCode":200}"""u8.ToArray();
        });
        var answer = await server.SendAsync(request);
        await Assert.That(answer.Status).IsEqualTo(200).Because(answer.Text);
        return JsonNode.Parse(seen)!;
    }

    private static async Task AssertSame(JsonNode actual, string expected)
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        await Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected))).IsTrue()
            .Because(actual.ToJsonString(options));
    }
}
