using Esb.Gateway.Tracing;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tests.Tracing;

internal sealed class TraceHeaderTests
{
    [Test]
    [Arguments(
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1")]
    [Arguments(
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=0")]
    [Arguments("00-00000000000000000000000000000000-00f067aa0ba902b7-01", null)]
    [Arguments("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", null)]
    [Arguments("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", null)]
    [Arguments("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null)]
    [Arguments("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", null)]
    [Arguments("", null)]
    public async Task A_W3C_trace_parent_becomes_the_header_that_functions_know(string parent, string? header)
    {
        await Assert.That(TraceHeader.FromTraceParent(parent)).IsEqualTo(header);
    }

    [Test]
    public async Task The_header_of_a_client_is_kept_unless_it_could_not_be_passed_on()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(0x55267070);
        var headers = new HeaderDictionary
        {
            ["X-Amzn-Trace-Id"] = "Root=1-a;Self=b",
            ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        };
        await Assert.That(TraceHeader.Of(headers, now)).IsEqualTo("Root=1-a;Self=b");
        headers["X-Amzn-Trace-Id"] = "Root=\u00e9";
        await Assert.That(TraceHeader.Of(headers, now)).StartsWith("Root=1-4bf92f35-");
        await Assert.That(TraceHeader.Of(new HeaderDictionary(), now)).StartsWith("Root=1-55267070-");
    }

    [Test]
    [Arguments(
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1",
        "4bf92f3577b34da6a3ce929d0e0e4736 00f067aa0ba902b7 Recorded")]
    [Arguments(
        "Self=1-67891234-12456789abcdef012345678;Root=1-4bf92f35-77b34da6a3ce929d0e0e4736",
        "4bf92f3577b34da6a3ce929d0e0e4736 0000000000000000 Recorded")]
    [Arguments(
        "Sampled=0; Root=1-4bf92f35-77b34da6a3ce929d0e0e4736; Lineage=a:1",
        "4bf92f3577b34da6a3ce929d0e0e4736 0000000000000000 None")]
    [Arguments(
        "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00F067AA0BA902B7",
        "4bf92f3577b34da6a3ce929d0e0e4736 0000000000000000 Recorded")]
    [Arguments("Root=1-4bf92f35-77b34da6a3ce929d0e0e473x", null)]
    [Arguments("Root=1-00000000-000000000000000000000000", null)]
    [Arguments("Root=1-4bf92f3577b34da6a3ce929d0e0e4736", null)]
    [Arguments("Root=2-4bf92f35-77b34da6a3ce929d0e0e4736", null)]
    [Arguments("", null)]
    public async Task An_X_Ray_header_names_the_trace_and_the_parent_span(string header, string? expected)
    {
        var parsed = TraceHeader.TryParse(header, out var context)
            ? $"{context.TraceId} {context.SpanId} {context.TraceFlags}"
            : null;
        await Assert.That(parsed).IsEqualTo(expected);
    }

    [Test]
    public async Task The_X_Ray_header_takes_precedence_over_that_of_the_W3C()
    {
        var headers = new HeaderDictionary
        {
            ["X-Amzn-Trace-Id"] = "Root=1-55267070-77b34da6a3ce929d0e0e4736",
            ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            ["tracestate"] = "a=b",
        };
        await Assert.That(TraceHeader.ParentIn(headers).TraceId.ToHexString()).StartsWith("55267070");
        headers["X-Amzn-Trace-Id"] = "Root=1-a";
        var parent = TraceHeader.ParentIn(headers);
        await Assert.That($"{parent.SpanId} {parent.TraceState}").IsEqualTo("00f067aa0ba902b7 a=b");
    }
}
