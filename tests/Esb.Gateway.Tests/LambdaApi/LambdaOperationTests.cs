using Esb.Gateway.LambdaApi;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.LambdaApi;

internal sealed class LambdaOperationTests
{
    [Test]
    [Arguments("POST", "/2015-03-31/functions/f/invocations", "Invoke", "f", null)]
    [Arguments("POST", "/2015-03-31/functions/f:live/invocations", "Invoke", "f", "live")]
    [Arguments(
        "POST",
        "/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f:live/invocations",
        "Invoke",
        "f",
        "live")]
    [Arguments("POST", "/2015-03-31/functions/123456789012:function:f/invocations", "Invoke", "f", null)]
    [Arguments("POST", "/2015-03-31/functions/function:live/invocations", "Invoke", "function", "live")]
    [Arguments("POST", "/2014-11-13/functions/f/invoke-async/", "InvokeAsync", "f", null)]
    [Arguments("POST", "/2021-11-15/functions/f/response-streaming-invocations", "InvokeWithResponseStream", "f", null)]
    [Arguments("GET", "/2015-03-31/functions/f", "GetFunction", "f", null)]
    [Arguments("GET", "/2015-03-31/functions/f/configuration", "GetFunctionConfiguration", "f", null)]
    [Arguments("GET", "/2019-09-30/functions/f/concurrency", "GetFunctionConcurrency", "f", null)]
    [Arguments("GET", "/2015-03-31/functions/", "ListFunctions", null, null)]
    [Arguments(
        "POST",
        "/2015-03-31/functions/arn%3aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Af/invocations",
        "Invoke",
        "f",
        null)]
    [Arguments("POST", "/2015-03-31/functions/f%3A%24LATEST/invocations", "Invoke", "f", "$LATEST")]
    public async Task Each_operation_is_identified_by_its_method_and_path(
        string method,
        string path,
        string kind,
        string? name,
        string? qualifier)
    {
        await Assert.That(PlatformPaths.IsLambdaApi(path)).IsTrue();
        var operation = LambdaOperation.Parse(method, path)!.Value;
        await Assert.That((operation.Kind.ToString(), operation.Function.Name, operation.Function.Qualifier))
            .IsEqualTo((kind, name!, qualifier));
    }

    [Test]
    [Arguments("PUT", "/2015-03-31/functions/f/code")]
    [Arguments("POST", "/2015-03-31/functions")]
    [Arguments("DELETE", "/2015-03-31/functions/f")]
    [Arguments("POST", "/2015-03-31/functions//invocations")]
    [Arguments("GET", "/2015-03-31/functions/f/g")]
    [Arguments("POST", "/2015-03-31/functions/%66/invocations")]
    [Arguments("POST", "/2015-03-31/functions/f/%69nvocations")]
    [Arguments("POST", "/2015-03-31/functions/open/../f/invocations")]
    [Arguments("POST", "/2015-03-31/functions/open%2F..%2Ff/invocations")]
    [Arguments("POST", "/2015-03-31/functions/f%2Finvocations")]
    [Arguments("POST", "/2015-03-31/functions/f/invocations//")]
    public async Task An_unsupported_path_of_the_Lambda_API_is_not_an_operation(
        string method,
        string path)
    {
        await Assert.That(PlatformPaths.IsLambdaApi(path)).IsTrue();
        await Assert.That(LambdaOperation.Parse(method, path)).IsNull();
    }

    [Test]
    [Arguments("/2015-03-31/functional")]
    [Arguments("/2015/functions/f")]
    [Arguments("/functions/f/invocations")]
    [Arguments("/orders/2015-03-31/functions")]
    [Arguments("/x/../2015-03-31/functions/f/invocations")]
    [Arguments("/%32015-03-31/functions/f/invocations")]
    [Arguments("/2015-03-31/%66unctions/f/invocations")]
    public async Task Paths_of_routes_are_left_to_the_routes(string path)
    {
        await Assert.That(PlatformPaths.IsLambdaApi(path)).IsFalse();
    }
}
