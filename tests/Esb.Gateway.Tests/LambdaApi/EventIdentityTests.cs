using Esb.Gateway.LambdaApi;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tests.LambdaApi;

internal sealed class EventIdentityTests
{
    private const string First = "3f0f9f2e-8a52-4f7d-9a53-0f3ad4f5a001";

    [Test]
    public async Task A_repeated_request_has_the_same_event()
    {
        var id = Of(First, "f", "live", "{}");
        await Assert.That(Guid.TryParse(id, out _)).IsTrue();
        await Assert.That(Of(First, "f", "live", "{}")).IsEqualTo(id);
    }

    [Test]
    [Arguments("3f0f9f2e-8a52-4f7d-9a53-0f3ad4f5a002", "f", "live", "{}")]
    [Arguments(First, "g", "live", "{}")]
    [Arguments(First, "f", null, "{}")]
    [Arguments(First, "f", "live", "[]")]
    public async Task Another_function_or_payload_is_another_event_whatever_the_id(
        string header,
        string function,
        string? qualifier,
        string body) =>
        await Assert.That(Of(header, function, qualifier, body)).IsNotEqualTo(Of(First, "f", "live", "{}"));

    [Test]
    [Arguments("")]
    [Arguments("1")]
    public async Task Without_an_id_of_the_caller_a_request_is_identified_by_its_own(string header) =>
        await Assert.That(Of(header, "f", null, "{}")).IsNull();

    private static string? Of(string header, string function, string? qualifier, string body) =>
        EventIdentity.Of(
            new HeaderDictionary { ["amz-sdk-invocation-id"] = header },
            function,
            qualifier,
            System.Text.Encoding.UTF8.GetBytes(body));
}
