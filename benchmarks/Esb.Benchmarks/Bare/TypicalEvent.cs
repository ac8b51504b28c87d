namespace Esb.Benchmarks.Bare;

/// <summary>
/// An API Gateway event, payload format 1.0, as large as the gateway's event for the measured request.
/// </summary>
internal static class TypicalEvent
{
    public static byte[] Bytes { get; } = """
        {"resource":"/hello","path":"/hello","httpMethod":"GET","headers":{"Host":"localhost"},"multiValueHeaders":{"Host":["localhost"]},
        "queryStringParameters":null,"multiValueQueryStringParameters":null,"pathParameters":null,"stageVariables":null,
        "requestContext":{"accountId":"000000000000","apiId":"esb","domainName":"localhost","domainPrefix":"localhost",
        "extendedRequestId":"c6af9ac6-7b61-11e6-9a41-93e8deadbeef","httpMethod":"GET","identity":{"accessKey":null,"accountId":null,"caller":null,
        "cognitoAuthenticationProvider":null,"cognitoAuthenticationType":null,"cognitoIdentityId":null,"cognitoIdentityPoolId":null,
        "principalOrgId":null,"sourceIp":"127.0.0.1","user":null,"userAgent":null,"userArn":null},"path":"/hello","protocol":"HTTP/1.1",
        "requestId":"c6af9ac6-7b61-11e6-9a41-93e8deadbeef","requestTime":"25/Nov/2026:00:00:00 +0000","requestTimeEpoch":1795564800000,
        "resourceId":null,"resourcePath":"/hello","stage":"$default"},"body":null,"isBase64Encoded":false}
        """u8.ToArray();
}
